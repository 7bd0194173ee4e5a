"""Bytes to documents: head, encoding, HTML, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordon.errors import InputError
from cordon.reports import load_document
from cordon.reports.sentences import sentences

PAGE = b"""<!doctype html><html><head><title>Page title</title>
<meta property="og:title" content="Two firms listed"><meta property="og:site_name" content="Harbour Wire">
<meta property="article:published_time" content="2024-03-09T08:00:00Z">
<script>var x = "<p>never shown</p>";</script><style>p {}</style></head>
<body><nav>Home | News</nav><p>First &amp; last.</p><p>Second line.</p><footer>Imprint</footer></body></html>"""


def test_the_head_of_a_plain_text_is_title_date_and_publisher() -> None:
    head = "Plans for a new plant on the river\n7 February 2023\nHarbour Wire\nBy J. Miller\n"
    text = f"{head}\nThe plant is to open in May.\n"
    document = load_document(text.encode())
    assert document.title == "Plans for a new plant on the river"
    assert (document.published, document.publisher, document.author) == ("2023-02-07", "Harbour Wire", "J. Miller")
    assert document.text[document.body :].startswith("The plant")


def test_front_matter_is_read_as_the_head() -> None:
    raw = b'---\ntitle: "Two firms listed"\ndate: 2024-03-09\n---\n\nThe Treasury has listed two firms today.\n'
    document = load_document(raw)
    assert (document.title, document.published) == ("Two firms listed", "2024-03-09")


def test_an_agency_dateline_gives_the_date() -> None:
    assert load_document(b"VIENNA, March 9, 2024 (Wire) - The bank has been closed by order.").published == "2024-03-09"


def test_a_page_is_its_visible_text_and_its_metadata() -> None:
    document = load_document(PAGE, name="page.html")
    assert (document.title, document.publisher, document.published) == (
        "Two firms listed",
        "Harbour Wire",
        "2024-03-09",
    )
    assert "First & last." in document.text
    assert not any(word in document.text for word in ("never shown", "Home", "Imprint"))


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Größe".encode("cp1252"), "Größe"),
        ("\ufeffTehran".encode(), "Tehran"),
        ("Тегеран".encode("utf-16"), "Тегеран"),
        (b"one\r\ntwo", "one\ntwo"),
    ],
)
def test_encodings_are_repaired(raw: bytes, text: str) -> None:
    assert load_document(raw).text.strip("\ufeff") == text


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"\x00\x01\x02abc", "binary"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x01\x02\x03\x04" * 50, "binary"),
    ],
)
def test_what_is_no_text_is_refused_by_name_and_reason(raw: bytes, why: str) -> None:
    with pytest.raises(InputError, match=rf"report\.txt.*{why}"):
        load_document(raw, name="report.txt")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The U.S. Treasury acted. It listed two firms.", 2),
        ("Brig. Gen. Mehrabi led it. He left.", 2),
        ("A title without an end\nThe first sentence of the text is here and long enough.", 2),
        ("It cost $1.5 million. No. 4 was sold.", 2),
        ("“We did not.” He said so.", 2),
        ("A line that was broken by a margin at a width of\nseventy columns is one sentence.", 1),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, count: int) -> None:
    assert len(sentences(text)) == count


@given(st.text(max_size=300))
def test_words_and_sentences_lie_where_they_say(text: str) -> None:
    for part in sentences(text):
        assert text[part.start : part.end] == part.text
        for word in part.words:
            assert text[word.start : word.end] == word.text
