"""Papers for patients as PDF files: always in Russian, no Qt, nothing of their signatures."""
