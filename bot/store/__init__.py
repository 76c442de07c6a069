"""Everything remembered: SQLAlchemy Core over SQLite or PostgreSQL."""
