"""Pages of documents: found, straightened, judged, put into a PDF. Pure functions on arrays."""
