"""What the API of every app shares: problem details, pages, limits."""
