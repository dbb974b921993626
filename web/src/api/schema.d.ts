// Made by `npm run types` from openapi.json; do not edit.

export interface paths {
    "/api/v1/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All accounts with their balances. */
        get: operations["list_accounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reads the whole audit chain and says where it stands. */
        post: operations["verify_audit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Copies everything to a folder of this machine; over the local socket alone. */
        post: operations["create_backup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calc/amortise": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Repayment schedule of a loan. */
        post: operations["calculate_amortise"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calc/apr": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Annual percentage rate by Regulation Z, appendix J. */
        post: operations["calculate_apr"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calc/debt-plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The way out of debt: a schedule by strategy, or the best one with its bound. */
        post: operations["calculate_debt_plan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calc/npv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Net present value. */
        post: operations["calculate_npv"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calc/tvm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Time value of money: solves for the value that is absent. */
        post: operations["calculate_tvm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calc/xirr": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Internal rate of return of dated flows. */
        post: operations["calculate_xirr"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The whole ledger as an hledger journal or as JSON. */
        get: operations["get_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The history of imports. */
        get: operations["list_imports"];
        put?: never;
        /** Uploads a statement and says what importing it would do. */
        post: operations["create_import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One import and its report. */
        get: operations["get_import"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}/commit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Puts a previewed file into the ledger. */
        post: operations["commit_import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes everything an import added out again. */
        post: operations["undo_import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The household's API keys. */
        get: operations["list_keys"];
        put?: never;
        /** Makes an API key; its secret is in this answer alone. */
        post: operations["create_key"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Ends a key within half a second. */
        delete: operations["revoke_key"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/monthly-totals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Money in and out per month and category. */
        get: operations["get_monthly_totals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in; 401 when nobody is. */
        get: operations["get_session"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Server-sent events: `ledger` with the new sequence, whenever it moves on. */
        get: operations["stream_updates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/transactions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Transactions, newest first, filtered and paged. */
        get: operations["list_transactions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/transactions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One transaction. */
        get: operations["get_transaction"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/transactions/{id}/category": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Files a transaction under a category of the person's choice. */
        put: operations["file_transaction"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everybody of the household. */
        get: operations["list_users"];
        put?: never;
        /** Adds a person to the household. */
        post: operations["add_user"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description An account and its balance by the ledger. */
        Account: {
            /** @description Sum of its transactions; owed is negative. */
            balance: components["schemas"]["Money"];
            /**
             * Format: date
             * @description Date of its last transaction.
             */
            balance_date?: string;
            /**
             * Format: date
             * @description Last day.
             */
            closed?: string;
            /** @description ISO 4217 code; all its amounts are in it. */
            currency: string;
            /**
             * Format: uuid
             * @description Identifier.
             */
            id: string;
            /** @description Bank or lender. */
            institution?: string;
            /** @description True where money is owed. */
            liability: boolean;
            /** @description What the person calls it. */
            name: string;
            /** @description Last digits only. */
            number_masked?: string;
            /**
             * Format: date
             * @description First day.
             */
            opened?: string;
            /** @description Kind of account. */
            type: components["schemas"]["AccountType"];
        };
        /** @description All accounts of the household, by name. */
        AccountList: {
            /**
             * Format: int64
             * @description Ledger sequence they stand at.
             */
            as_of_sequence: number;
            /** @description The accounts. */
            items: components["schemas"]["Account"][];
        };
        /** @enum {string} */
        AccountType: "checking" | "savings" | "credit_card" | "loan" | "investment" | "cash" | "other";
        /** @description A person to add. */
        AddUser: {
            /** @description Unique in the household. */
            name: string;
            /** @description member or viewer. */
            role?: components["schemas"]["UserRole"];
        };
        /** @description The schedule, exact to the minor unit. */
        Amortisation: {
            /** @description ISO 4217 code. */
            currency: string;
            /**
             * Format: int64
             * @description Months until it is repaid.
             */
            months: number;
            /**
             * @description Level payment.
             * @example -12.30
             */
            payment: string;
            /** @description Month by month. */
            schedule: components["schemas"]["AmortisationRow"][];
            /**
             * @description Sum of interest.
             * @example -12.30
             */
            total_interest: string;
            /**
             * @description Everything paid.
             * @example -12.30
             */
            total_paid: string;
        };
        /** @description One month of the schedule. */
        AmortisationRow: {
            /**
             * @description Owed afterwards.
             * @example -12.30
             */
            balance: string;
            /**
             * @description Paid on top.
             * @example -12.30
             */
            extra: string;
            /**
             * @description Interest in it.
             * @example -12.30
             */
            interest: string;
            /**
             * Format: int64
             * @description From 1.
             */
            month: number;
            /**
             * @description The level payment.
             * @example -12.30
             */
            payment: string;
            /**
             * @description Principal in it.
             * @example -12.30
             */
            principal: string;
        };
        /** @description A loan repaid in level monthly payments. */
        Amortise: {
            /** @description Nominal yearly rate, a twelfth a month. */
            apr: string;
            /** @description ISO 4217 code. */
            currency?: string;
            /**
             * @description Paid every month on top.
             * @example -12.30
             */
            extra?: string;
            /** @description One-off payments on top. */
            extra_payments?: components["schemas"]["ExtraPayment"][];
            /**
             * @description Amount borrowed.
             * @example -12.30
             */
            principal: string;
            /**
             * Format: int64
             * @description Number of payments. Unit: months.
             */
            term_months: number;
        };
        /** @description Closed-end credit, for its annual percentage rate by the actuarial method. */
        Apr: {
            /** @description Money the borrower gets. */
            advances: components["schemas"]["AprFlow"][];
            /** @description ISO 4217 code. */
            currency?: string;
            /** @description Money the borrower pays. */
            payments: components["schemas"]["AprFlow"][];
            /** @description Unit-periods in a year. */
            periods_per_year: number;
        };
        /** @description 12 CFR 1026, appendix J. */
        AprAnswer: {
            /** @description Decimal fraction, unrounded. */
            apr: string;
            /** @description As disclosed: two decimals. */
            apr_percent: string;
            /** @description Further rates that balance too. */
            other_aprs: number[];
            /** @description Per unit-period. */
            unit_period_rate: number;
        };
        /** @description An advance or a payment, and when. */
        AprFlow: {
            /**
             * @description Above zero, for advances and payments alike.
             * @example -12.30
             */
            amount: string;
            /** @description Of a further unit-period, 0 to below 1. */
            fraction?: number;
            /**
             * Format: int64
             * @description Full unit-periods after the start.
             */
            whole?: number;
        };
        /** @description Where the verified audit chain stands; kept elsewhere, it proves later that nothing was cut off. */
        AuditCheckpoint: {
            /**
             * Format: int64
             * @description How many there are.
             */
            entries: number;
            /** @description SHA-256 of the last, in hex. */
            head: string;
        };
        /** @description A backup, whole and verified. */
        Backup: {
            /** @description What is in it, the keys included. */
            files: components["schemas"]["BackupFile"][];
            /** @description Where it is. */
            folder: string;
        };
        /** @description A file of a backup. */
        BackupFile: {
            /** @description Below the backup's folder. */
            name: string;
            /**
             * Format: int64
             * @description Bytes.
             */
            size_bytes: number;
        };
        /** @description Where to. */
        CreateBackup: {
            /** @description Absolute path, not there yet or empty. */
            folder: string;
        };
        /** @description A key to make; it is good for a year. */
        CreateKey: {
            /** @description What it is for. */
            label?: string;
            /** @description It may not change anything. */
            read_only?: boolean;
            /** @description Name of the person; absent: your own. */
            user?: string;
        };
        /** @description One role a column, and the conventions of the file. */
        CsvMapping: {
            /** @description date, amount, description, … */
            columns: string[];
            /** @description Of rows that name none. */
            currency?: string;
            /** @description year_month_day, … */
            date_order?: string;
            /** @description point or comma. */
            decimal_mark?: string;
            /** @description One character. */
            delimiter: string;
            /** @description Absent: by the bytes. */
            encoding?: string;
            /** @description positive_is_in or positive_is_out. */
            sign?: string;
            /**
             * Format: int64
             * @description Preamble and header.
             */
            skip_records?: number;
        };
        /** @description Money received is positive, money paid negative. */
        DatedFlow: {
            /**
             * @description How much.
             * @example -12.30
             */
            amount: string;
            /**
             * Format: date
             * @description When.
             */
            date: string;
        };
        /** @description The budget of the months that begin on or after a date. */
        DebtBudgetChange: {
            /**
             * @description A month.
             * @example -12.30
             */
            amount: string;
            /**
             * Format: date
             * @description First day.
             */
            from: string;
        };
        /** @enum {string} */
        DebtCompounding: "monthly" | "daily";
        /** @description Money on top of the budget, once. */
        DebtExtraPayment: {
            /**
             * @description How much.
             * @example -12.30
             */
            amount: string;
            /**
             * Format: date
             * @description When it is there.
             */
            date: string;
        };
        /** @description Least payment of a month: the larger of fixed and percent of the balance after interest (plus the interest), never more than what is owed. */
        DebtMinimum: {
            /**
             * @description Amount.
             * @example -12.30
             */
            fixed?: string;
            /** @description Share of the balance, 0.02 for 2 %. */
            percent?: string;
            /** @description Whether the month's interest is added. */
            plus_interest?: boolean;
            /**
             * Format: int64
             * @description At least the level payment for this term. Unit: months.
             */
            term_months?: number;
        };
        /** @description One debt in one month: balance = balance before + interest + fees − paid. */
        DebtMonth: {
            /**
             * @description Owed afterwards.
             * @example -12.30
             */
            balance: string;
            /**
             * Format: date
             * @description Of the payment.
             */
            date: string;
            /**
             * @description Charged, if any.
             * @example -12.30
             */
            fees?: string;
            /** @description The debt. */
            id: string;
            /**
             * @description Charged.
             * @example -12.30
             */
            interest: string;
            /**
             * Format: int64
             * @description From 1.
             */
            month: number;
            /**
             * @description Paid.
             * @example -12.30
             */
            paid: string;
        };
        /** @enum {string} */
        DebtObjective: "cost" | "date" | "strain";
        /** @description How far from the best possible the plan can be. */
        DebtOptimality: {
            /** @description (plan − bound) / plan. */
            gap: number;
            /**
             * @description No plan has less interest and fees (objective cost).
             * @example -12.30
             */
            lower_bound?: string;
            /**
             * Format: int64
             * @description No plan takes fewer months (objective date).
             */
            months_bound?: number;
            /** @description Best up to rounding to the minor unit. */
            proven: boolean;
        };
        /** @description When a debt is closed, and what it cost. */
        DebtPayoff: {
            /**
             * Format: date
             * @description Of the last payment.
             */
            date: string;
            /**
             * @description In total, if any.
             * @example -12.30
             */
            fees?: string;
            /** @description The debt. */
            id: string;
            /**
             * @description In total.
             * @example -12.30
             */
            interest: string;
        };
        /** @description Debts, a budget and a strategy. */
        DebtPlan: {
            /** @description Changes of the budget, by date. */
            budget_path?: components["schemas"]["DebtBudgetChange"][];
            /** @description ISO 4217 code. */
            currency?: string;
            /** @description What is owed. */
            debts: components["schemas"]["DebtToPlan"][];
            /** @description Money on top, by date. */
            extra?: components["schemas"]["DebtExtraPayment"][];
            /** @description 1 is avalanche, 0 is snowball. */
            hybrid_weight?: number;
            /**
             * @description For all debts together.
             * @example -12.30
             */
            monthly_budget: string;
            /** @description What optimal makes least. */
            objective?: components["schemas"]["DebtObjective"];
            /** @description Ids, for custom; the rest follow as given. */
            order?: string[];
            /**
             * Format: date
             * @description First day of the first month; pays a month later.
             */
            start: string;
            /** @description Who gets what is left after the minimums. */
            strategy?: components["schemas"]["DebtStrategy"];
            /**
             * Format: int64
             * @description Effort of optimal, counted in work, not by a clock. Unit: ms.
             */
            time_limit_ms?: number;
        };
        /** @description The plan, exact to the minor unit. */
        DebtPlanAnswer: {
            /** @description ISO 4217 code. */
            currency: string;
            /**
             * Format: date
             * @description Of the last payment.
             */
            debt_free_date: string;
            /**
             * Format: int64
             * @description Until nothing is owed.
             */
            months: number;
            /** @description Of strategy optimal. */
            optimality?: components["schemas"]["DebtOptimality"];
            /** @description By debt, first closed first. */
            payoff: components["schemas"]["DebtPayoff"][];
            /** @description Month by month. */
            schedule: components["schemas"]["DebtMonth"][];
            /**
             * @description Sum of fees and penalties.
             * @example -12.30
             */
            total_fees: string;
            /**
             * @description Sum of interest.
             * @example -12.30
             */
            total_interest: string;
            /**
             * @description Balances, interest and fees.
             * @example -12.30
             */
            total_paid: string;
            /** @description Null when minimums never repay in 600 months. */
            versus_minimum: components["schemas"]["DebtVersusMinimum"] | null;
        };
        /** @description A rate for the months that end by a date. */
        DebtPromo: {
            /** @description Nominal yearly rate until then. */
            apr: string;
            /** @description Whether the regular interest is charged back if anything is owed at the end. */
            deferred?: boolean;
            /**
             * Format: date
             * @description Last day.
             */
            until: string;
        };
        /** @description The rate of the months that begin on or after a date. */
        DebtRateChange: {
            /** @description Nominal yearly rate. */
            apr: string;
            /**
             * Format: date
             * @description First day.
             */
            from: string;
        };
        /** @enum {string} */
        DebtStrategy: "minimum" | "avalanche" | "snowball" | "hybrid" | "cash_flow_index" | "utilisation_first" | "optimal" | "custom";
        /** @description One debt and its terms. */
        DebtToPlan: {
            /** @description Nominal yearly rate, 0.2399 for 23.99 %. */
            apr: string;
            /**
             * @description Owed today, above zero.
             * @example -12.30
             */
            balance: string;
            /** @description A twelfth a month, or a 365th a day over the actual days. */
            compounding?: components["schemas"]["DebtCompounding"];
            /**
             * @description Of a card.
             * @example -12.30
             */
            credit_limit?: string;
            /**
             * Format: int64
             * @description Day of the month of the payment.
             */
            due_day?: number;
            /**
             * @description Charged each month while owed.
             * @example -12.30
             */
            fee_monthly?: string;
            /** @description Names the debt in the answer. */
            id: string;
            /**
             * @description Charged after a missed month.
             * @example -12.30
             */
            late_fee?: string;
            /** @description What must be paid each month. */
            minimum?: components["schemas"]["DebtMinimum"];
            /** @description What if: months of the plan without a payment, from 1. */
            missed_months?: number[];
            /** @description For people. */
            name?: string;
            /** @description Share of what is paid above the minimum. */
            prepayment_penalty?: string;
            /** @description A rate for a time. */
            promo?: components["schemas"]["DebtPromo"];
            /** @description Changes of the rate, by date. */
            rate_path?: components["schemas"]["DebtRateChange"][];
            /** @description Whether something can be taken away for it. */
            secured?: boolean;
        };
        /** @description Against paying each debt's own minimum only. */
        DebtVersusMinimum: {
            /**
             * @description Interest.
             * @example -12.30
             */
            interest_saved: string;
            /**
             * Format: int64
             * @description Months.
             */
            months_saved: number;
        };
        /** @description An empty object. */
        Empty: Record<string, never>;
        /** @description The ledger as text. */
        Export: {
            /**
             * Format: int64
             * @description Ledger sequence it stands at.
             */
            as_of_sequence: number;
            /** @description Of the text. */
            format: components["schemas"]["ExportFormat"];
            /** @description A journal, or JSON. */
            text: string;
        };
        /** @enum {string} */
        ExportFormat: "hledger" | "json";
        /** @description A payment on top of the level one. */
        ExtraPayment: {
            /**
             * @description Paid off at once.
             * @example -12.30
             */
            amount: string;
            /**
             * Format: int64
             * @description 1 is the first payment's month.
             */
            month: number;
        };
        /** @description Who decided the category, and how surely. */
        Filing: {
            /** @description Probability that it is right. */
            confidence: number;
            /** @description A person has looked at it. */
            reviewed: boolean;
            /** @description Who decided. */
            source: components["schemas"]["FilingSource"];
        };
        /** @enum {string} */
        FilingSource: "none" | "rule" | "memory" | "merchant" | "model" | "import" | "user";
        /** @enum {string} */
        FirstFlow: "now" | "after_one_period";
        /** @description A file on its way into the ledger, or in it. */
        Import: {
            /** @description Accounts the file speaks of. */
            accounts: components["schemas"]["ImportAccount"][];
            /**
             * Format: date-time
             * @description When it was uploaded.
             */
            created_at: string;
            /**
             * Format: int64
             * @description Entries the ledger already has.
             */
            duplicates: number;
            /** @description As uploaded. */
            file_name: string;
            /** @description ofx, csv, … */
            format: string;
            /**
             * Format: uuid
             * @description Identifier.
             */
            import_id: string;
            /** @description How CSV columns were read. */
            mapping?: components["schemas"]["CsvMapping"];
            /**
             * Format: int64
             * @description Entries added, or to be added.
             */
            new: number;
            /** @description What a person should decide. */
            questions: string[];
            /** @description Balances beside the bank's. */
            reconciliation: components["schemas"]["Reconciliation"][];
            /** @description Entries that could not be used; the first 1000. */
            rejected: components["schemas"]["RejectedEntry"][];
            /** @description The first entries and what becomes of them. */
            sample: components["schemas"]["SampleEntry"][];
            /**
             * Format: int64
             * @description Ledger sequence after it; 0 in a preview.
             */
            sequence?: number;
            /** @description A preview has changed nothing. */
            state: components["schemas"]["ImportState"];
            /**
             * Format: int64
             * @description Pairs found across own accounts.
             */
            transfers: number;
            /**
             * Format: int64
             * @description Pending transactions now posted.
             */
            updated: number;
        };
        /** @description An account the file speaks of. */
        ImportAccount: {
            /** @description This import makes it. */
            created: boolean;
            /** @description ISO 4217 code. */
            currency: string;
            /**
             * Format: uuid
             * @description Absent while it does not exist.
             */
            id?: string;
            /** @description Its name. */
            name: string;
            /** @description Last digits only. */
            number_masked?: string;
            /** @description Kind of account. */
            type: components["schemas"]["AccountType"];
        };
        /** @description Newest first; previews not committed included. */
        ImportList: {
            /** @description The imports. */
            items: components["schemas"]["Import"][];
        };
        /** @enum {string} */
        ImportState: "preview" | "committed" | "undone";
        /** @description An API key, without its secret. */
        Key: {
            /**
             * Format: date-time
             * @description It opens nothing from then on.
             */
            expires_at: string;
            /** @description For revoking. */
            id: string;
            /** @description What it is for. */
            label: string;
            /**
             * Format: uuid
             * @description Whose.
             */
            user: string;
            /** @description It may change things. */
            write: boolean;
        };
        /** @description The API keys that are not revoked, by expiry. */
        KeyList: {
            /** @description The keys. */
            items: components["schemas"]["Key"][];
        };
        /** @description An exact amount of one currency. */
        Money: {
            /** @description Decimal with at most the currency's decimals. */
            amount: string;
            /** @description ISO 4217 code. */
            currency: string;
        };
        /** @description Money moved in a month under a category. */
        MonthlyTotal: {
            /** @description Signed: spending is negative. */
            amount: components["schemas"]["Money"];
            /** @description Category id. */
            category: string;
            /**
             * Format: int64
             * @description How many splits.
             */
            count: number;
            /** @description YYYY-MM. */
            month: string;
        };
        /** @description By month, category and currency. */
        MonthlyTotalList: {
            /**
             * Format: int64
             * @description Ledger sequence included.
             */
            as_of_sequence: number;
            /** @description The totals. */
            items: components["schemas"]["MonthlyTotal"][];
            /** @description False when the ledger has moved on already. */
            up_to_date: boolean;
        };
        /** @description A key and, this once, its secret. */
        NewKey: {
            /** @description What stays known of it. */
            key: components["schemas"]["Key"];
            /** @description Send it as a Bearer token; it is never shown again. */
            token: string;
        };
        /** @description Either dated flows, discounted by days over 365, or evenly spaced amounts. */
        Npv: {
            /** @description Evenly spaced amounts. */
            amounts?: string[];
            /** @description ISO 4217 code. */
            currency?: string;
            /** @description When the first of the amounts falls. */
            first?: components["schemas"]["FirstFlow"];
            /** @description Dated flows. */
            flows?: components["schemas"]["DatedFlow"][];
            /** @description A year for dated flows, a period for amounts. */
            rate: number;
        };
        /** @description Rounded half to even. */
        NpvAnswer: {
            /** @description ISO 4217 code. */
            currency: string;
            /**
             * @description Net present value.
             * @example -12.30
             */
            npv: string;
        };
        /** @enum {string} */
        PaymentTiming: "end" | "begin";
        /** @description RFC 9457. */
        Problem: {
            detail?: string;
            errors?: {
                detail: string;
                pointer: string;
            }[];
            instance?: string;
            status: number;
            title: string;
            type: string;
        };
        /** @description The bank's balance beside the ledger's. */
        Reconciliation: {
            /** @description Account name. */
            account: string;
            /**
             * Format: date
             * @description Day of the statement's balance.
             */
            date?: string;
            /** @description Statement minus ledger. */
            difference: components["schemas"]["Money"];
            /** @description After this import, on the same day. */
            ledger_balance: components["schemas"]["Money"];
            /** @description As printed. */
            statement_balance: components["schemas"]["Money"];
        };
        /** @description An entry that could not be used, and why. */
        RejectedEntry: {
            /**
             * Format: int64
             * @description From 1, in bytes.
             */
            column: number;
            /** @description File name. */
            file: string;
            /**
             * Format: int64
             * @description From 1.
             */
            line: number;
            /** @description In plain words. */
            reason: string;
        };
        /** @description What would happen to one entry, and why. */
        SampleEntry: {
            /** @description Signed. */
            amount: components["schemas"]["Money"];
            /**
             * Format: date
             * @description Booking date.
             */
            date: string;
            /** @description added, duplicate or booked (a pending one now posted). */
            decision: string;
            /** @description The bank's text. */
            description: string;
            /**
             * Format: int64
             * @description In the file.
             */
            line: number;
            /** @description In plain words. */
            reason: string;
        };
        /** @description Who is asking, by their cookie or key. */
        Session: {
            /**
             * Format: uuid
             * @description Whose data they see.
             */
            household: string;
            /**
             * Format: uuid
             * @description The person.
             */
            user: string;
            /** @description They may change it. */
            write: boolean;
        };
        /** @description Where it was read. */
        Source: {
            /**
             * Format: int64
             * @description From 1, in bytes.
             */
            column: number;
            /** @description File name. */
            file: string;
            /**
             * Format: uuid
             * @description The import.
             */
            import_id: string;
            /**
             * Format: int64
             * @description From 1.
             */
            line: number;
        };
        /** @description A part of a transaction with its own category. */
        Split: {
            /** @description Signed like the transaction's. */
            amount: components["schemas"]["Money"];
            /** @description Category id, food.groceries. */
            category: string;
            /** @description Free text. */
            note?: string;
            /** @description Free labels. */
            tags?: string[];
        };
        /** @description One movement on one account. Money out is negative. */
        Transaction: {
            /**
             * Format: uuid
             * @description Its account.
             */
            account_id: string;
            /** @description Signed from the account's point of view. */
            amount: components["schemas"]["Money"];
            /**
             * Format: date
             * @description Booking date as printed.
             */
            date: string;
            /** @description The bank's text, untouched. */
            description: string;
            /** @description How the category came about. */
            filed: components["schemas"]["Filing"];
            /**
             * Format: uuid
             * @description Stays the same on re-import and restore.
             */
            id: string;
            /** @description Who it was with, if known. */
            merchant?: string;
            /** @description In the currency of the purchase. */
            original_amount?: components["schemas"]["Money"];
            /**
             * Format: date
             * @description Value date, if the bank gave one.
             */
            posted_date?: string;
            /** @description Where it was read. */
            source: components["schemas"]["Source"];
            /** @description Sum to the amount; at least one. */
            splits: components["schemas"]["Split"][];
            /** @description Pending ones may still change. */
            status: components["schemas"]["TransactionStatus"];
            /**
             * Format: uuid
             * @description Shared by both legs.
             */
            transfer_id?: string;
        };
        /** @description One page, newest first. */
        TransactionList: {
            /**
             * Format: int64
             * @description Ledger sequence they stand at.
             */
            as_of_sequence: number;
            /** @description The transactions. */
            items: components["schemas"]["Transaction"][];
            /** @description Absent on the last page. */
            next_cursor?: string;
        };
        /** @enum {string} */
        TransactionStatus: "posted" | "pending";
        /** @description Time value of money: four of n, rate, pv, pmt, fv. Money received is positive, money paid is negative. */
        Tvm: {
            /** @description ISO 4217 code. */
            currency?: string;
            /**
             * @description Value after the last period.
             * @example -12.30
             */
            fv?: string;
            /** @description Number of periods. Unit: periods. */
            n?: number;
            /**
             * @description Payment each period.
             * @example -12.30
             */
            pmt?: string;
            /**
             * @description Present value.
             * @example -12.30
             */
            pv?: string;
            /** @description Interest per period, 0.01 for 1 %. */
            rate?: number;
            /** @description When in the period payments fall. */
            when?: components["schemas"]["PaymentTiming"];
        };
        /** @description All five values, and which one was wanted. */
        TvmAnswer: {
            /** @description ISO 4217 code. */
            currency: string;
            /**
             * @description Value after the last period.
             * @example -12.30
             */
            fv: string;
            /** @description Number of periods. */
            n: number;
            /** @description A second rate that solves it, if any. */
            other_rate?: number;
            /**
             * @description Payment each period.
             * @example -12.30
             */
            pmt: string;
            /**
             * @description Present value.
             * @example -12.30
             */
            pv: string;
            /** @description Interest per period. */
            rate: number;
            /** @description Name of the value that was absent. */
            solved: string;
            /** @description When in the period payments fall. */
            when: components["schemas"]["PaymentTiming"];
        };
        /** @description A person of the household. */
        User: {
            /**
             * Format: uuid
             * @description Identifier.
             */
            id: string;
            /** @description Unique in the household. */
            name: string;
            /** @description A viewer changes nothing; an owner adds people. */
            role: components["schemas"]["UserRole"];
        };
        /** @description Everybody of the household, by name. */
        UserList: {
            /** @description The people. */
            items: components["schemas"]["User"][];
        };
        /** @enum {string} */
        UserRole: "owner" | "member" | "viewer";
        /** @description Dated flows, in any order. */
        Xirr: {
            /** @description ISO 4217 code. */
            currency?: string;
            /** @description The flows. */
            flows: components["schemas"]["DatedFlow"][];
        };
        /** @description Yearly effective rate, days over 365. */
        XirrAnswer: {
            /** @description False when a further rate cannot be ruled out. */
            is_complete: boolean;
            /** @description Further rates, if any. */
            other_rates: number[];
            /** @description 0.12 for 12 %. */
            rate: number;
            /**
             * Format: int64
             * @description Of the flows by date.
             */
            sign_changes: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    list_accounts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountList"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    verify_audit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditCheckpoint"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_backup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateBackup"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Backup"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    calculate_amortise: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Amortise"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Amortisation"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    calculate_apr: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Apr"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AprAnswer"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    calculate_debt_plan: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DebtPlan"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DebtPlanAnswer"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    calculate_npv: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Npv"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NpvAnswer"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    calculate_tvm: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Tvm"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TvmAnswer"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    calculate_xirr: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Xirr"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["XirrAnswer"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_export: {
        parameters: {
            query?: {
                /** @description Of the text. */
                format?: components["schemas"]["ExportFormat"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Export"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_imports: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportList"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_import: {
        parameters: {
            query?: {
                /** @description Account name; needed where the file does not say. */
                account?: string;
                /** @description Of an account made by this import. */
                account_type?: components["schemas"]["AccountType"];
                /** @description Of an account made by this import. */
                currency?: string;
                /** @description CSV mapping as JSON; absent: recognised. */
                mapping?: string;
            };
            header?: {
                /** @description Its name, percent-encoded. */
                "X-File-Name"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_import: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    commit_import: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    undo_import: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_keys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyList"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_key: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateKey"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewKey"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revoke_key: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description As listed. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Empty"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_monthly_totals: {
        parameters: {
            query?: {
                /** @description A day of the first month; absent: the earliest. */
                from?: string;
                /** @description A day of the last month; absent: the latest. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MonthlyTotalList"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    stream_updates: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_transactions: {
        parameters: {
            query?: {
                /** @description Of this account. */
                account_id?: string;
                /** @description A leaf, or a parent with its leaves. */
                category?: string;
                /** @description next_cursor of the page before. */
                cursor?: string;
                /** @description First day, included. */
                from?: string;
                /** @description Added by this import. */
                import_id?: string;
                /** @description Items a page. */
                limit?: number;
                /** @description Words in description or merchant. */
                q?: string;
                /** @description Last day, included. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TransactionList"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_transaction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Transaction"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    file_transaction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Category id, food.groceries. */
                    category?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Transaction"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_users: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserList"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_user: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddUser"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
