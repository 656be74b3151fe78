"""What residents report (随手拍) on its way to whoever puts it right."""
