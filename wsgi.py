"""Serve the house: gunicorn wsgi:app."""

from app import create_app
from app.schema import ready_to_serve

app = ready_to_serve(create_app())
