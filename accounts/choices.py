"""Names of states that allauth and the portal share."""

# allauth's error code of too many attempts: a locked user name, or a code entered wrongly for the last time.
LOCKED = "too_many_login_attempts"
