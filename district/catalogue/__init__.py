"""事项目录: the service items that terminals show, signed."""
