"""The audit: who did what, when, to which requests and documents. It is only ever added to."""
