"""Made-up people, requests and files for the demonstration; loaded by a demo backend only."""
