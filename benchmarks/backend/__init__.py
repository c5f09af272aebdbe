"""The backend's promises in numbers: real server processes on both databases."""
