"""The contract of the shared backend: frozen wire models, used by client and server alike."""
