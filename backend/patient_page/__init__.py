"""The patient's page: static files without a build step, served under /p/."""
