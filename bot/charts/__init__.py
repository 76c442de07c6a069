"""Pictures of surveys: matplotlib to PNG bytes, drawn in a process of their own."""
