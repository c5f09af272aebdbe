"""Looking for words in documents and reports."""
