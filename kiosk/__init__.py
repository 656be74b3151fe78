"""The terminal's core: session, catalogue, forms, documents, receipts, backend client. No Qt."""
