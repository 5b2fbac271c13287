"""Pages of text beside the dashboard: plain HTML made by the server, readable without a script and fit to print."""

from dashboard.documents.document import Document, Reading
from dashboard.documents.serving import DOCUMENTS, register_documents

__all__ = ["DOCUMENTS", "Document", "Reading", "register_documents"]
