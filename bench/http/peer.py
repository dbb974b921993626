# SPDX-License-Identifier: Apache-2.0
"""The FastAPI side of bench/http: the same two routes as server.cpp, the same answers."""

from fastapi import FastAPI, Path
from pydantic import BaseModel, Field

app = FastAPI()


class Payment(BaseModel):
    name: str
    months: int = Field(ge=0, le=100_000)
    amount: float


class Answer(BaseModel):
    months: int
    total: float


@app.get("/payments/{months}")
async def by_path(months: int = Path(ge=0, le=100_000)) -> Answer:
    return Answer(months=months, total=round(months * 12.5, 2))


@app.post("/payments")
async def by_body(payment: Payment) -> Answer:
    return Answer(months=payment.months, total=round(payment.months * payment.amount, 2))
