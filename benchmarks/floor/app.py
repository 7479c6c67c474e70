"""Search and book in fifty lines of Flask, SQLAlchemy and Jinja: no prices, no rules, no forms with tokens."""

from __future__ import annotations

import os
from collections import defaultdict
from datetime import date

from flask import Flask, Response, redirect, render_template, request
from sqlalchemy import create_engine, event, select
from sqlalchemy.orm import Session

from benchmarks.floor.tables import Audit, Booking, Room

engine = create_engine(os.environ["FLOOR_DATABASE_URL"])
app = Flask(__name__)


@event.listens_for(engine, "connect")
def _prepare(connection, _record) -> None:  # type: ignore[no-untyped-def]
    connection.isolation_level = None
    connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=15000")


@event.listens_for(engine, "begin")
def _begin(connection) -> None:  # type: ignore[no-untyped-def]
    connection.exec_driver_sql("BEGIN IMMEDIATE" if request.method == "POST" else "BEGIN")


def find_free(session: Session, arrival: date, departure: date) -> dict[str, list[Room]]:
    """Return the free rooms of each type."""
    taken = select(Booking.room_id).where(Booking.arrival < departure, Booking.departure > arrival)
    free: dict[str, list[Room]] = defaultdict(list)
    for room in session.scalars(select(Room).where(Room.id.not_in(taken)).order_by(Room.id)):
        free[room.type_code].append(room)
    return free


@app.get("/search")
def search() -> str:
    """Show how many rooms of each type are free."""
    arrival, departure = (date.fromisoformat(request.args[name]) for name in ("arrival", "departure"))
    with Session(engine) as session:
        free = find_free(session, arrival, departure)
        return render_template("search.html", free=free, arrival=arrival, departure=departure)


@app.post("/book")
def book() -> Response | tuple[str, int]:
    """Book a room of a type, if one is free."""
    arrival, departure = (date.fromisoformat(request.form[name]) for name in ("arrival", "departure"))
    with Session(engine) as session:
        rooms = find_free(session, arrival, departure).get(request.form["type"])
        if not rooms:
            return "taken", 409
        guest = request.form["name"]
        session.add(Booking(room_id=rooms[0].id, arrival=arrival, departure=departure, guest=guest))
        session.add(Audit(words=f"{guest} booked"))
        session.commit()
    return redirect("/done")  # type: ignore[return-value]
