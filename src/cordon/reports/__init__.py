"""Takes a report apart: text to mentions to entities to claims, each claim held against the record.

Knows screening and nothing of terminals; `read` is the door.
"""

from cordon.reports.document import Document, load_document
from cordon.reports.dossier import Dossier
from cordon.reports.read import read

__all__ = ["Document", "Dossier", "load_document", "read"]
