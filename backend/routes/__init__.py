"""The endpoints under /api/v1, a file for each resource."""
