"""Electronic signatures in PDF files (PAdES): keys, signing, verification; nothing of ours."""
