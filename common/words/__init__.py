"""Values in words of the active language: times and names, for templates and Python alike."""
