"use client";
// SPDX-License-Identifier: Apache-2.0
// Every payment of the plan, to look at and to take along.

import type { DebtAdvice } from "../../api/debts";
import { formatDate } from "../../domain/dates";
import { nameOfDebt, scheduleCsv, scheduleIcs } from "../../domain/debts";
import { Amount } from "../pieces";

const kRowsShown = 120;

function save(name: string, type: string, text: string): void {
    const url = URL.createObjectURL(new Blob([text], { type }));
    const link = document.createElement("a");
    link.href = url;
    link.download = name;
    link.click();
    URL.revokeObjectURL(url);
}

export function Schedule({ advice }: { advice: DebtAdvice }) {
    const nameOf = (id: string) => nameOfDebt(advice.debts, id);
    const { schedule, currency } = advice;
    return (
        <section className="card" aria-labelledby="debts-schedule">
            <div className="card-head">
                <h2 id="debts-schedule">Schedule</h2>
                <span className="debts-files">
                    <button
                        type="button"
                        className="button"
                        onClick={() =>
                            save(
                                "debt-plan.csv",
                                "text/csv",
                                scheduleCsv(schedule, nameOf, currency),
                            )
                        }
                    >
                        Spreadsheet (CSV)
                    </button>
                    <button
                        type="button"
                        className="button"
                        onClick={() =>
                            save(
                                "debt-plan.ics",
                                "text/calendar",
                                scheduleIcs(schedule, nameOf, currency),
                            )
                        }
                    >
                        Calendar (ICS)
                    </button>
                </span>
            </div>
            <details>
                <summary>
                    {schedule.length} payments
                    {schedule.length > kRowsShown ? `, the first ${kRowsShown} here` : ""}
                </summary>
                <div className="debts-scroll" tabIndex={0} role="region" aria-label="Payments">
                    <table>
                        <thead>
                            <tr>
                                <th scope="col">Date</th>
                                <th scope="col">Debt</th>
                                <th scope="col" className="number">
                                    Pay
                                </th>
                                <th scope="col" className="number">
                                    Interest
                                </th>
                                <th scope="col" className="number">
                                    Still owed
                                </th>
                            </tr>
                        </thead>
                        <tbody>
                            {schedule.slice(0, kRowsShown).map((row) => (
                                <tr key={`${row.month} ${row.id}`}>
                                    <td>{formatDate(row.date)}</td>
                                    <th scope="row">{nameOf(row.id)}</th>
                                    {[row.paid, row.interest, row.balance].map((amount, index) => (
                                        <td key={index} className="number">
                                            <Amount money={{ amount, currency }} />
                                        </td>
                                    ))}
                                </tr>
                            ))}
                        </tbody>
                    </table>
                </div>
            </details>
        </section>
    );
}
