"""What RouterOS makes of a value: how it reads it, what it refuses, how it prints it."""
