"""资源库: what departments already know of people, households and addresses."""
