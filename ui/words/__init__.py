"""What is said to a resident about a code, in both languages; put together by ``ui.messages``."""
