// Made by `npm run types` from openapi.json; do not edit.

export interface paths {
    "/api/ai/debt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What to pay this month and why. */
        get: operations["get_debt_advice"];
        put?: never;
        /** The same with what-ifs. */
        post: operations["ask_debt_advice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
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
        /** Adds an account by hand. */
        post: operations["add_account"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Renames, closes or describes an account. */
        patch: operations["edit_account"];
        trace?: never;
    };
    "/api/v1/accounts/{id}/balances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An account's balance over time. */
        get: operations["get_balances"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/{id}/reconciliation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Coverage, gaps, and the bank's balances beside the ledger's, with reasons. */
        get: operations["get_account_report"];
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
    "/api/v1/calc/categorise": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** File transactions: one JSON object a line in, one a line out. */
        post: operations["calculate_categorise"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calc/credit-score": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Estimates a credit score with an interval and reasons. */
        post: operations["calculate_credit_score"];
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
    "/api/v1/calc/emergency-fund": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** How much to keep for bad months, from income and expenses as they vary. */
        post: operations["calculate_emergency_fund"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calc/features": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A feature vector from transactions given, one JSON object a line. */
        post: operations["calculate_features"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calc/lots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lots left and gains per sale, first in first out or as chosen. */
        post: operations["calculate_lots"];
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
    "/api/v1/calc/payment-days": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Payment days fitted to pay days, so that the account stays above a buffer. */
        post: operations["calculate_payment_days"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calc/rate-forecast": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Quantiles of a lending rate some months ahead, measured against a random walk. */
        post: operations["calculate_rate_forecast"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calc/recurring": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Pay, bills and subscriptions among movements, with their next dates. */
        post: operations["calculate_recurring"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calc/refinance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Offers against keeping the debts: saving, break-even, what the promotion risks. */
        post: operations["calculate_refinance"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calc/surplus-split": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Buffer, debts or investing: where the surplus does most good. */
        post: operations["calculate_surplus_split"];
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
    "/api/v1/categories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The household's tree of categories. */
        get: operations["list_categories"];
        put?: never;
        /** Adds a category, at any depth. */
        post: operations["add_category"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/categories/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Renames, hides, shows or merges a category. */
        patch: operations["change_category"];
        trace?: never;
    };
    "/api/v1/debts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Debts that were given, and accounts that owe something. */
        get: operations["list_debts"];
        put?: never;
        /** Adds a debt, or terms to an account. */
        post: operations["create_debt"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/debts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One debt. */
        get: operations["get_debt"];
        /** Replaces the terms of a debt. */
        put: operations["put_debt"];
        post?: never;
        /** Forgets what was given; an account that owes is a debt still, with inferred terms. */
        delete: operations["delete_debt"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/edits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What people changed. */
        get: operations["list_edits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/edits/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes a step back, but for what was changed again since. */
        post: operations["undo_edit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Events of the household, oldest first, from an offset or a time on. */
        get: operations["list_events"];
        put?: never;
        /** Store events; answered once they are on stable storage. */
        post: operations["ingest_events"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Server-sent events: each event of the household, its offset as the id. */
        get: operations["stream_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/{format}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The whole ledger as a file. */
        get: operations["get_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/{format}/pieces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A piece of the whole ledger as text; conflict when it changed between pieces. */
        get: operations["get_export_piece"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/features": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The household's feature vector, now or as it was known on a day. */
        get: operations["get_features"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/features/catalogue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every feature: name, meaning, unit, window, default, users. */
        get: operations["get_feature_catalogue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/features/quality": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How complete, how wide and how fresh the household's features are. */
        get: operations["get_feature_quality"];
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
    "/api/v1/imports/{id}/rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A previewed file row by row: what becomes of each, and why. */
        get: operations["list_import_rows"];
        put?: never;
        post?: never;
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
    "/api/v1/imports/table": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The columns of a file as printed; nothing is kept. */
        post: operations["read_table"];
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
    "/api/v1/recurring": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Pay, bills and subscriptions found in the household's transactions. */
        get: operations["list_recurring"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What Atlas asks about, least certain and largest first. */
        get: operations["list_reviews"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The suggestion is right, of the others named too; it is learned. */
        post: operations["accept_review"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{id}/pick": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Files it, and the others named, elsewhere; it is learned. */
        post: operations["pick_review"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{id}/skip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Asks about it, and all that belongs to the question, after all others. */
        post: operations["skip_review"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/fit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Fits filing to the household's own answers, and uses that where it is better. */
        post: operations["fit_filing"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/refile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Files everything anew that no person has chosen, as one step. */
        post: operations["refile_transactions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The rules, in their order. */
        get: operations["list_rules"];
        put?: never;
        /** Adds a rule, or replaces or moves the one with this id. */
        post: operations["save_rule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rules/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Removes a rule; what it filed stays. */
        delete: operations["remove_rule"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rules/apply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Applies all rules to the past, as one step that can be taken back. */
        post: operations["apply_rules"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rules/dry-run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a rule would have changed; nothing is saved. */
        post: operations["dry_run_rule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rules/suggestions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Rules that the person's answers suggest. */
        get: operations["list_rule_suggestions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rules/suggestions/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Turns a suggestion down for good. */
        post: operations["reject_rule_suggestion"];
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
        /** Adds a transaction by hand. */
        post: operations["add_transaction"];
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
        /** Deletes a transaction that was added by hand. */
        delete: operations["delete_transaction"];
        options?: never;
        head?: never;
        /** Changes what a person may change of a transaction. */
        patch: operations["edit_transaction"];
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
    "/api/v1/transactions/{id}/counterparts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What may be the other leg of a transfer. */
        get: operations["list_counterparts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/transactions/{id}/filing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Why a transaction is filed where it is. */
        get: operations["explain_filing"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/transactions/{id}/refunds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Refunds of a purchase, and what may be one. */
        get: operations["list_refunds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/transactions/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Changes a selection or all of a list, as one step. */
        post: operations["bulk_edit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/transfers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Paired transfers, for review. */
        get: operations["list_transfers"];
        put?: never;
        /** Pairs two transactions by hand. */
        post: operations["pair_transfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/transfers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Takes a pair apart; a later import may pair its legs again. */
        delete: operations["unpair_transfer"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/transfers/{id}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A person says that a pair is right. */
        post: operations["confirm_transfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/transfers/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A person says that a pair is wrong; it is never proposed again. */
        post: operations["reject_transfer"];
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
    "/api/v1/worth": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All accounts together, converted by dated rates. */
        get: operations["get_worth"];
        put?: never;
        post?: never;
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
        /** @description What was told of an account, and whether it agrees. */
        AccountReport: {
            /**
             * Format: uuid
             * @description The account.
             */
            account_id: string;
            /** @description The last balance of the bank is the ledger's. */
            agrees: boolean;
            /**
             * Format: int64
             * @description Ledger sequence it stands at.
             */
            as_of_sequence: number;
            /** @description By date. */
            balances: components["schemas"]["ReconciledBalance"][];
            /** @description Days that no file covers. */
            gaps: components["schemas"]["Coverage"][];
            /** @description By last day. */
            statements: components["schemas"]["StatementCoverage"][];
        };
        /** @enum {string} */
        AccountType: "checking" | "savings" | "credit_card" | "loan" | "investment" | "cash" | "other";
        /** @description An account that no file tells of. */
        AddAccount: {
            /** @description ISO 4217 code. */
            currency: string;
            /** @description Bank or lender. */
            institution?: string;
            /** @description What the person calls it. */
            name: string;
            /**
             * Format: date
             * @description First day.
             */
            opened?: string;
            /** @description Kind of account. */
            type: components["schemas"]["AccountType"];
        };
        /** @description A new one; its id is made from its name. */
        AddCategory: {
            /** @description Unique among its siblings. */
            name: string;
            /** @description Empty: at the top. */
            parent?: string;
        };
        /** @description A transaction that no bank tells, or not yet. */
        AddTransaction: {
            /**
             * Format: uuid
             * @description Its account.
             */
            account_id: string;
            /** @description Signed: money out is negative. */
            amount: components["schemas"]["Money"];
            /** @description For all of it. */
            category?: string;
            /**
             * Format: date
             * @description The day.
             */
            date: string;
            /** @description What it was. */
            description: string;
            /** @description Who it was with. */
            merchant?: string;
            /** @description Free text. */
            note?: string;
            /** @description Must sum to the amount exactly. */
            splits?: components["schemas"]["Split"][];
            /** @description Free labels. */
            tags?: string[];
        };
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
        /** @enum {string} */
        AmountPattern: "fixed" | "variable";
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
        /** @description The same with what-ifs. */
        AskDebtAdvice: {
            /** @description What-ifs, each on its own. */
            changes?: components["schemas"]["DebtChange"][];
            /** @description For the score by month; balance and utilisation are the plan's own. */
            credit?: components["schemas"]["CreditScore"];
            /**
             * @description For all debts together; what was paid lately when left out.
             * @example -12.30
             */
            monthly_budget?: string;
            /** @description For buffer, surplus and payment days. */
            outlook?: components["schemas"]["HouseholdOutlook"];
            /** @description How often plans were kept so far. */
            record?: components["schemas"]["PlanRecord"];
            /** @description The one to write out; the recommended one when left out. */
            strategy?: components["schemas"]["DebtStrategy"];
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
        /** @enum {string} */
        BalanceInterval: "day" | "week" | "month";
        /** @description At the end of a day. */
        BalancePoint: {
            /** @description Sum of posted transactions. */
            balance: components["schemas"]["Money"];
            /**
             * Format: date
             * @description The last day of the interval.
             */
            date: string;
            /** @description Sum of pending ones, not in the balance. */
            pending: components["schemas"]["Money"];
        };
        /** @description A balance over time. */
        BalanceSeries: {
            /**
             * Format: uuid
             * @description The account.
             */
            account_id: string;
            /**
             * Format: int64
             * @description Ledger sequence it stands at.
             */
            as_of_sequence: number;
            /** @description By date. */
            points: components["schemas"]["BalancePoint"][];
        };
        /** @enum {string} */
        BudgetSource: "given" | "recent_payments" | "minimums";
        /** @description The same change to a selection, or to all of a list. */
        BulkEdit: {
            /** @description What becomes of each. */
            change: components["schemas"]["TransactionChange"];
            /** @description All that fit; instead of ids. */
            filter?: components["schemas"]["TransactionFilter"];
            /** @description A selection. */
            ids?: string[];
        };
        /** @description A place to file under. */
        Category: {
            /** @description What belongs there. */
            description: string;
            /** @description Not offered any more. */
            hidden: boolean;
            /** @description food.coffee */
            id: string;
            /** @description What it has become a part of. */
            merged_into?: string;
            /** @description What people see. */
            name: string;
            /** @description Added by the household. */
            own: boolean;
            /** @description Id of the parent, empty at the top. */
            parent: string;
            /**
             * Format: int64
             * @description Filed under it itself.
             */
            transactions: number;
        };
        /** @description The tree, parents before children. */
        CategoryList: {
            /**
             * Format: int64
             * @description Ledger sequence they stand at.
             */
            as_of_sequence: number;
            /** @description The categories. */
            items: components["schemas"]["Category"][];
        };
        /** @description What may have made a difference. */
        Cause: {
            /** @description Its kind. */
            cause: components["schemas"]["DifferenceCause"];
            /** @description In plain words. */
            text: string;
            /** @description That it speaks of. */
            transactions: string[];
        };
        /** @description A simulated probability. */
        Chance: {
            /** @description Standard error of that share. */
            error: number;
            /** @description Share of the futures. */
            probability: number;
        };
        /** @description What may be the other leg, best first, at most ten. */
        CounterpartList: {
            /** @description On other accounts. */
            suggestions: components["schemas"]["MatchSuggestion"][];
        };
        /** @description A stretch of days, both ends included. */
        Coverage: {
            /**
             * Format: int64
             * @description How many.
             */
            days: number;
            /**
             * Format: date
             * @description First day.
             */
            from: string;
            /**
             * Format: date
             * @description Last day.
             */
            to: string;
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
        /** @description Exact Shapley value of one input. */
        CreditReason: {
            /** @description What it adds to the score. Unit: points. */
            effect: number;
            /** @description Name of the input. */
            feature: string;
        };
        /** @description What a household can tell; whatever is left out widens the interval. */
        CreditScore: {
            /** @description Open accounts; accepted, not used by this model. */
            accounts_open?: number;
            /** @description Before tax, US dollars. */
            annual_income?: number;
            /** @description Monthly debt payments over monthly income, 0.18 for 18 %. */
            debt_to_income?: number;
            /** @description Payments 30 or more days late in two years. */
            delinquencies_2y?: number;
            /** @description Applications for credit in six months. */
            inquiries_6m?: number;
            /** @description Since the first line of credit. Unit: months. */
            oldest_account_months?: number;
            /** @description Bankruptcies, liens and judgements. */
            public_records?: number;
            /** @description Owed on cards and lines, US dollars. */
            revolving_balance?: number;
            /** @description That balance over its limits, 0.35 for 35 %. */
            revolving_utilisation?: number;
        };
        /** @description An estimate with its uncertainty and its reasons. */
        CreditScoreAnswer: {
            /** @description poor, fair, good, very good or exceptional. */
            band: string;
            /** @description The estimate when nothing is told; with all effects it is the score. */
            baseline: number;
            /** @description Share of households within theirs. */
            coverage: number;
            /** @description Risk reading. */
            default_risk: components["schemas"]["DefaultRisk"];
            /** @description What this is not. */
            disclaimer: string;
            /** @description Low and high end. */
            interval: number[];
            /** @description Name and version. */
            model: string;
            /** @description Largest effect first. */
            reasons: components["schemas"]["CreditReason"][];
            /** @description 300 to 850, as FICO counts. */
            score: number;
            /** @description Inputs that were told and not used. */
            unused: string[];
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
        /** @description A debt of the household, with where each term comes from. */
        Debt: {
            /**
             * Format: uuid
             * @description Of the ledger.
             */
            account_id?: string;
            /** @description Nominal yearly rate. */
            apr: string;
            /** @description Of an inferred rate. */
            apr_evidence?: components["schemas"]["RateEvidence"];
            /** @description inferred: from posted interest; assumed: nothing is known. */
            apr_source: components["schemas"]["TermSource"];
            /** @description Owed, above zero. */
            balance: components["schemas"]["Money"];
            /**
             * Format: date
             * @description Of the last transaction, for an account.
             */
            balance_date?: string;
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
            /**
             * Format: uuid
             * @description Identifier; an account's own for an account.
             */
            id: string;
            /**
             * @description Charged after a missed month.
             * @example -12.30
             */
            late_fee?: string;
            /** @description What must be paid each month. */
            minimum: components["schemas"]["DebtMinimum"];
            /** @description inferred: from payments; assumed: nothing is known. */
            minimum_source: components["schemas"]["TermSource"];
            /** @description What the person calls it. */
            name: string;
            /** @description Share of what is paid above the minimum. */
            prepayment_penalty?: string;
            /** @description A rate for a time. */
            promo?: components["schemas"]["DebtPromo"];
            /** @description Changes of the rate, by date. */
            rate_path?: components["schemas"]["DebtRateChange"][];
            /** @description Whether something can be taken away for it. */
            secured?: boolean;
            /** @description Whether the rate follows the market. */
            variable_rate?: boolean;
        };
        /** @description What to do about the debts, with what it stands on. */
        DebtAdvice: {
            /**
             * Format: date
             * @description The day it is about.
             */
            as_of: string;
            /** @description What was taken for granted. */
            assumptions: string[];
            /**
             * Format: int64
             * @description Number of its entry in the audit log.
             */
            audit_id?: number;
            /** @description Where that comes from. */
            budget_source: components["schemas"]["BudgetSource"];
            /** @description Of every amount. */
            currency: string;
            /** @description Covered, in the order of the slopes. */
            debts: components["schemas"]["Debt"][];
            /** @description Of the changes asked, in their order. */
            effects: components["schemas"]["DebtEffect"][];
            /** @description From the household's own months, where there are six. */
            emergency_fund?: components["schemas"]["EmergencyFundAnswer"];
            /** @description What the terms stand on. */
            evidence: components["schemas"]["DebtEvidence"][];
            /** @description Month by month. */
            fan: components["schemas"]["DebtFanMonth"][];
            /** @description Not covered. */
            left_out: components["schemas"]["DebtLeftOut"][];
            /** @description For all debts together. */
            monthly_budget: components["schemas"]["Money"];
            /** @description Of the best plan. */
            optimality?: components["schemas"]["DebtOptimality"];
            /** @description Payments fitted to pay days, where an income comes every month. */
            payment_days?: components["schemas"]["PaymentDaysAnswer"];
            /** @description Least interest and fees. */
            recommended: components["schemas"]["DebtStrategy"];
            /** @description Where the market's rates make it worth asking. */
            refinance_alerts: components["schemas"]["RefinanceAlert"][];
            /** @description Month by month. */
            schedule: components["schemas"]["DebtMonth"][];
            /** @description By month of the plan, where a card has a limit. */
            score?: components["schemas"]["ScoreTimeline"];
            /** @description Of small changes. */
            slopes?: components["schemas"]["DebtSlopes"];
            /** @description Where some rate can move: what holds up then. */
            smart_avalanche?: components["schemas"]["SmartAvalanche"];
            /** @description Side by side. */
            strategies: components["schemas"]["DebtStrategySummary"][];
            /** @description In a sentence. */
            summary: string;
            /** @description Buffer, debts or investing, likewise. */
            surplus?: components["schemas"]["SurplusSplitAnswer"];
            /** @description What to pay now. */
            this_month: components["schemas"]["DebtPayment"][];
            /** @description Interest against early wins. */
            wins?: components["schemas"]["DebtWins"];
            /** @description The strategy of the schedule. */
            written_out: components["schemas"]["DebtStrategy"];
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
        /** @description A what-if. */
        DebtChange: {
            /**
             * @description more_each_month (may be negative), windfall.
             * @example -12.30
             */
            amount?: string;
            /** @description rate_rise: 0.01 for one percentage point. */
            by?: string;
            /**
             * Format: date
             * @description windfall; today when left out.
             */
            date?: string;
            /**
             * Format: uuid
             * @description missed_payment; rate_rise, every debt when left out.
             */
            debt_id?: string;
            /** @description What changes. */
            kind: components["schemas"]["DebtChangeKind"];
            /**
             * Format: int64
             * @description missed_payment: from 1.
             */
            month?: number;
        };
        /** @enum {string} */
        DebtChangeKind: "more_each_month" | "windfall" | "missed_payment" | "rate_rise";
        /** @enum {string} */
        DebtCompounding: "monthly" | "daily";
        /** @description What a change does. */
        DebtEffect: {
            /** @description Interest and fees with it. */
            cost?: components["schemas"]["Money"];
            /** @description Against the plan. */
            cost_change?: components["schemas"]["Money"];
            /**
             * Format: date
             * @description With it.
             */
            debt_free_date?: string;
            /**
             * Format: int64
             * @description With it.
             */
            months?: number;
            /**
             * Format: int64
             * @description Against the plan.
             */
            months_change?: number;
            /** @description Why it leaves no plan; then the rest is left out. */
            refusal?: string;
        };
        /** @description What a term stands on. */
        DebtEvidence: {
            /**
             * Format: uuid
             * @description The debt.
             */
            debt_id: string;
            /** @description In a sentence. */
            text: string;
        };
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
        /** @description Owed at the end of a month, if extra payments are kept up as often as the record says. */
        DebtFanMonth: {
            /**
             * @description By one of ten.
             * @example -12.30
             */
            high: string;
            /**
             * @description Exceeded by nine paths of ten.
             * @example -12.30
             */
            low: string;
            /**
             * @description By half.
             * @example -12.30
             */
            middle: string;
            /**
             * Format: int64
             * @description From 1.
             */
            month: number;
            /**
             * @description When all are.
             * @example -12.30
             */
            planned: string;
        };
        /** @description A debt the advice does not cover. */
        DebtLeftOut: {
            /**
             * Format: uuid
             * @description Identifier.
             */
            id: string;
            /** @description What the person calls it. */
            name: string;
            /** @description Why. */
            reason: string;
        };
        /** @description Debts that were given, then accounts that owe something. */
        DebtList: {
            /** @description The debts. */
            items: components["schemas"]["Debt"][];
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
        /** @description What objective mix trades, in money: it makes least the interest and fees + month for each month until nothing is owed + strain for each percentage point of strain_worst. */
        DebtMix: {
            /**
             * @description What being free of debt a month earlier is worth.
             * @example -12.30
             */
            month?: string;
            /**
             * @description What one percentage point less of strain_worst is worth (0.01 of it).
             * @example -12.30
             */
            strain?: string;
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
        DebtObjective: "cost" | "date" | "strain" | "mix";
        /** @description How far from the best possible the plan can be. */
        DebtOptimality: {
            /** @description (plan − bound) / plan. */
            gap: number;
            /**
             * @description No plan has less interest and fees (objectives cost and mix).
             * @example -12.30
             */
            lower_bound?: string;
            /**
             * @description No plan has a smaller mix_value (objective mix).
             * @example -12.30
             */
            mix_bound?: string;
            /**
             * @description Interest and fees + months and strain as weighted by mix (objective mix).
             * @example -12.30
             */
            mix_value?: string;
            /**
             * Format: int64
             * @description No plan takes fewer months (objectives date and mix).
             */
            months_bound?: number;
            /** @description Best up to rounding to the minor unit. */
            proven: boolean;
            /** @description No plan has a smaller strain_worst (objectives strain and mix). */
            strain_bound?: number;
        };
        /** @description What to pay this month, and why. */
        DebtPayment: {
            /**
             * Format: uuid
             * @description The debt.
             */
            debt_id: string;
            /**
             * Format: date
             * @description By then.
             */
            due: string;
            /** @description Of it, what must be paid. */
            minimum: components["schemas"]["Money"];
            /** @description What the person calls it. */
            name: string;
            /** @description In this month. */
            pay: components["schemas"]["Money"];
            /** @description In a sentence. */
            why: string;
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
            /** @description Weights of objective mix, and of no other. */
            mix?: components["schemas"]["DebtMix"];
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
            /** @description Largest share of a month's budget that minimums claim. */
            strain_worst: number;
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
        /** @description How interest and fees answer to small changes. */
        DebtSlopes: {
            /** @description For one unit of money more every month. */
            per_month: number;
            /** @description By debt, for one percentage point more. */
            per_rate: number[];
            /** @description For one unit more in the first month. */
            per_windfall: number;
        };
        /** @enum {string} */
        DebtStrategy: "minimum" | "avalanche" | "snowball" | "hybrid" | "cash_flow_index" | "utilisation_first" | "optimal" | "custom";
        /** @description One way to pay the debts. */
        DebtStrategySummary: {
            /**
             * Format: date
             * @description Of the last payment.
             */
            debt_free_date?: string;
            /** @description Sum. */
            fees?: components["schemas"]["Money"];
            /**
             * Format: int64
             * @description When the first debt is closed.
             */
            first_win_month?: number;
            /** @description Sum. */
            interest?: components["schemas"]["Money"];
            /**
             * Format: int64
             * @description Until nothing is owed.
             */
            months?: number;
            /** @description Why it leads nowhere; then the rest is left out. */
            refusal?: string;
            /** @description Largest share of a month's budget that minimums claim. */
            strain_worst?: number;
            /** @description Its name. */
            strategy: components["schemas"]["DebtStrategy"];
            /**
             * Format: int64
             * @description Debts closed by month 12.
             */
            wins_in_a_year?: number;
        };
        /** @description A debt as a person gives it. */
        DebtTerms: {
            /**
             * Format: uuid
             * @description Of the ledger, whose balance it is; else give balance.
             */
            account_id?: string;
            /** @description Nominal yearly rate; inferred from posted interest when left out. */
            apr?: string;
            /** @description Owed today, above zero. Its currency is that of every amount here. */
            balance?: components["schemas"]["Money"];
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
            /**
             * @description Charged after a missed month.
             * @example -12.30
             */
            late_fee?: string;
            /** @description What must be paid each month; inferred when left out. */
            minimum?: components["schemas"]["DebtMinimum"];
            /** @description What the person calls it. */
            name: string;
            /** @description Share of what is paid above the minimum. */
            prepayment_penalty?: string;
            /** @description A rate for a time. */
            promo?: components["schemas"]["DebtPromo"];
            /** @description Changes of the rate, by date. */
            rate_path?: components["schemas"]["DebtRateChange"][];
            /** @description Whether something can be taken away for it. */
            secured?: boolean;
            /** @description Whether the rate follows the market. */
            variable_rate?: boolean;
        };
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
            /** @description Whether the rate follows the market. */
            variable_rate?: boolean;
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
        /** @description A plan that closes debts earlier, and what that costs. */
        DebtWin: {
            /** @description Interest and fees. */
            cost: components["schemas"]["Money"];
            /**
             * Format: int64
             * @description When the first debt is closed.
             */
            first_win_month: number;
            /**
             * Format: int64
             * @description In all.
             */
            months: number;
            /** @description In which debts are closed. */
            order: string[];
            /** @description Of that, for the earlier wins. */
            price: components["schemas"]["Money"];
            /**
             * Format: int64
             * @description Debts closed by month 12.
             */
            wins_in_a_year: number;
        };
        /** @description Interest against early wins. */
        DebtWins: {
            /** @description By the record, (kept + 1) / (months + 2). */
            chance_of_keeping: number;
            /** @description Cheapest first; each later one closes debts earlier. */
            points: components["schemas"]["DebtWin"][];
            /**
             * Format: int64
             * @description Index of the point that weighs the price against losing heart.
             */
            recommended: number;
            /** @description Of a year of minimums alone. */
            relapse_cost: components["schemas"]["Money"];
        };
        /** @description A reading, not a decision. */
        DefaultRisk: {
            /** @description Among whom. */
            of: string;
            /** @description Of not paying a loan in full. */
            probability: number;
        };
        /** @enum {string} */
        DifferenceCause: "missing_opening" | "duplicate" | "missing_transfer_leg" | "sign_flipped" | "pending_counted" | "booked_other_day" | "extra_transaction" | "swapped_digits" | "exchange_rate" | "two_transactions" | "gap_in_coverage" | "unknown";
        /** @description What a rule would have changed. */
        DryRun: {
            /**
             * Format: int64
             * @description Are filed just so.
             */
            already_so: number;
            /**
             * Format: int64
             * @description It would change.
             */
            changed: number;
            /** @description At most 20. */
            changed_sample: components["schemas"]["DryRunRow"][];
            /**
             * Format: int64
             * @description Transactions its conditions fit.
             */
            matched: number;
            /**
             * Format: int64
             * @description An earlier rule decides.
             */
            overruled: number;
            /** @description At most 20. */
            overruled_sample: components["schemas"]["DryRunRow"][];
            /**
             * Format: int64
             * @description A person filed otherwise; they stay.
             */
            persons_choice: number;
            /** @description At most 20. */
            persons_choice_sample: components["schemas"]["DryRunRow"][];
            /** @description The rule as it was understood. */
            text: string;
        };
        /** @description A transaction the rule fits. */
        DryRunRow: {
            /** @description What the rule would file it under. */
            category: string;
            /** @description Name of the rule that comes first. */
            rule?: string;
            /** @description As it is. */
            transaction: components["schemas"]["Transaction"];
        };
        /** @description One step of a person's, which can be taken back. */
        Edit: {
            /** @description transaction.edit, transfer.reject, … */
            action: string;
            /**
             * Format: date-time
             * @description When.
             */
            at: string;
            /**
             * Format: int64
             * @description How many transactions.
             */
            changed: number;
            /**
             * Format: uuid
             * @description For undo.
             */
            id: string;
            /** @description In plain words. */
            summary: string;
            /** @description It has been taken back. */
            undone: boolean;
        };
        /** @description What people did, newest first. */
        EditList: {
            /** @description The steps. */
            items: components["schemas"]["Edit"][];
        };
        /** @description What changed; absent edit: nothing did. */
        EditResult: {
            /** @description The step, for undo; absent when nothing changed. */
            edit?: components["schemas"]["Edit"];
            /**
             * Format: int64
             * @description Ledger sequence after it.
             */
            sequence: number;
            /** @description Left as they are; the first 200. */
            skipped: components["schemas"]["EditSkipped"][];
            /** @description As they are now; the first 200. */
            transactions: components["schemas"]["Transaction"][];
            /**
             * Format: int64
             * @description Were like that already.
             */
            unchanged: number;
        };
        /** @description A transaction that was left as it is, and why. */
        EditSkipped: {
            /**
             * Format: uuid
             * @description Which one.
             */
            id: string;
            /** @description In plain words. */
            reason: string;
        };
        /** @description Either months as they were, drawn again as they come, or means with their volatility. */
        EmergencyFund: {
            /** @description ISO 4217 code. */
            currency?: string;
            /** @description As of the income. */
            expense_volatility?: number;
            /**
             * @description Mean of a month, without `months`.
             * @example -12.30
             */
            expenses?: string;
            /**
             * Format: int64
             * @description How long it has to last. Unit: months.
             */
            horizon_months?: number;
            /**
             * @description Mean of a month, without `months`.
             * @example -12.30
             */
            income?: string;
            /** @description Left out: the income never stops. */
            income_loss?: components["schemas"]["IncomeLoss"];
            /** @description Standard deviation over mean; lognormal, months independent. */
            income_volatility?: number;
            /** @description At least 6, or none. */
            months?: components["schemas"]["MonthFlow"][];
            /**
             * Format: int64
             * @description Futures drawn.
             */
            paths?: number;
            /** @description Accepted probability of running dry by then. */
            run_dry?: number;
            /**
             * @description In the fund today.
             * @example -12.30
             */
            saved?: string;
            /**
             * Format: int64
             * @description Of the draws.
             */
            seed?: number;
        };
        /** @description How much to keep for bad months. */
        EmergencyFundAnswer: {
            /** @description What was taken for granted. */
            assumptions: string[];
            /** @description ISO 4217 code. */
            currency: string;
            /** @description By months of expenses, 0 to 12. */
            curve: components["schemas"]["FundPoint"][];
            /** @description Standard deviation over mean. */
            expense_volatility: number;
            /**
             * @description Mean of a month.
             * @example -12.30
             */
            expenses: string;
            /**
             * @description Large enough with the accepted probability.
             * @example -12.30
             */
            fund: string;
            /**
             * @description Mean of a month.
             * @example -12.30
             */
            income: string;
            /** @description Standard deviation over mean. */
            income_volatility: number;
            /** @description Of the fund, 95 %, from the number of futures alone. */
            interval: string[];
            /**
             * @description Fund less what is saved, at least zero.
             * @example -12.30
             */
            missing: string;
            /** @description The fund over mean expenses. */
            months_of_expenses: number;
            /**
             * Format: int64
             * @description Futures drawn.
             */
            paths: number;
            /** @description With what is saved today. */
            run_dry_now: components["schemas"]["Chance"];
            /** @description With the whole fund. */
            run_dry_then: components["schemas"]["Chance"];
            /**
             * Format: int64
             * @description Of the draws.
             */
            seed: number;
        };
        /** @description An empty object. */
        Empty: Record<string, never>;
        /** @description A stored event. */
        Event: {
            /**
             * Format: int64
             * @description Its place; rises, with gaps.
             */
            offset: number;
            /** @description As it was sent. */
            payload: unknown;
            /** @description On the stream alone: the payload is over 64 KiB, null here, and whole at this path. */
            payload_at?: string;
            /**
             * Format: date-time
             * @description When it became known, UTC.
             */
            recorded_at: string;
            /**
             * Format: int64
             * @description The household's own count; a repeat has the same.
             */
            sequence: number;
            /** @description Its kind; Erased where its household was. */
            type: string;
        };
        /** @description Events, oldest first. */
        EventPage: {
            /** @description The events. */
            items: components["schemas"]["Event"][];
            /** @description Absent when nothing follows yet. */
            next_cursor?: string;
            /**
             * Format: int64
             * @description Where to go on later.
             */
            next_offset: number;
        };
        /** @description The good lines are on stable storage. */
        EventsAccepted: {
            /**
             * Format: int64
             * @description Events stored.
             */
            accepted: number;
            /** @description Of the first 100 refused lines. */
            problems: components["schemas"]["LineProblem"][];
            /**
             * Format: date-time
             * @description When they became known, UTC.
             */
            recorded_at: string;
            /**
             * Format: int64
             * @description Lines refused.
             */
            rejected: number;
        };
        /** @enum {string} */
        EventTopic: "events" | "ledger";
        /** @enum {string} */
        ExportFormat: "hledger" | "beancount" | "csv" | "ofx" | "json";
        /** @description A piece of an export; all of them in a row are it. */
        ExportPiece: {
            /**
             * Format: int64
             * @description Ledger sequence it stands at.
             */
            as_of_sequence: number;
            /** @description Absent at the end. */
            next_cursor?: string;
            /** @description This piece. */
            text: string;
        };
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
        /** @description Every feature there is, in the order of a vector. */
        FeatureCatalogue: {
            /** @description Names this catalogue; a model remembers it. */
            hash: string;
            /** @description The features. */
            items: components["schemas"]["FeatureRow"][];
        };
        /** @description How complete and fresh the features are. */
        FeatureQuality: {
            /**
             * Format: int64
             * @description Ledger sequence included.
             */
            as_of_sequence: number;
            /** @description Hash of the catalogue of features. */
            catalogue: string;
            /**
             * Format: int64
             * @description Looked at, up to today.
             */
            days: number;
            /** @description By feature. */
            items: components["schemas"]["FeatureQualityRow"][];
            /** @description Of all values that transactions and accounts alone should give. */
            missing_share: number;
            /** @description Since the last change included was recorded. Unit: s. */
            seconds_since_change: number;
            /**
             * Format: int64
             * @description Changes of the ledger not yet included.
             */
            sequences_behind: number;
            /**
             * Format: int64
             * @description Transactions left out: no rate to the household's currency.
             */
            unconverted: number;
        };
        /** @description One feature over the days asked for. */
        FeatureQualityRow: {
            /** @description Of them. */
            highest: number;
            /** @description Of the values that are not missing, or 0. */
            lowest: number;
            /** @description Of them. */
            mean: number;
            /** @description Part of the days without it. */
            missing_share: number;
            /** @description The feature. */
            name: string;
        };
        /** @description One feature. */
        FeatureRow: {
            /** @description Its value with less. */
            default: number;
            /** @description One sentence. */
            description: string;
            /** @description What it is about. */
            family: string;
            /**
             * Format: int64
             * @description Days of history it needs.
             */
            history_days: number;
            /** @description Unique. */
            name: string;
            /** @description Events that move it. */
            sources: string[];
            /** @description Of its value. */
            unit: string;
            /** @description Models that read it. */
            used_by: string[];
            /**
             * Format: int64
             * @description Days it looks back; 0: now.
             */
            window_days: number;
        };
        /** @description A feature vector by name. */
        Features: {
            /**
             * Format: date
             * @description Windows end with this day.
             */
            as_of: string;
            /**
             * Format: int64
             * @description Ledger sequence included.
             */
            as_of_sequence?: number;
            /** @description Hash of the catalogue of features. */
            catalogue: string;
            /** @description Of every amount, in major units. */
            currency: string;
            /**
             * Format: date-time
             * @description By what was known at this moment.
             */
            known_at?: string;
            /** @description Those whose value is a default: history too short, or nothing known. */
            missing: string[];
            /** @description False when the ledger has moved on already. */
            up_to_date?: boolean;
            /** @description Every feature of the catalogue, in its order. */
            values: {
                [key: string]: number;
            };
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
        /** @description Another place it may belong. */
        FilingAlternative: {
            /** @description Category id. */
            category: string;
            /** @description Probability. */
            confidence: number;
        };
        /** @description One piece of the evidence. */
        FilingReason: {
            /** @description rule, same_text, same_merchant, words, … */
            kind: string;
            /** @description For a person to read. */
            text: string;
        };
        /** @enum {string} */
        FilingSource: "none" | "rule" | "memory" | "merchant" | "model" | "import" | "user";
        /** @enum {string} */
        FirstFlow: "now" | "after_one_period";
        /** @description What became of the answers that judge. */
        FitOutcomes: {
            /**
             * Format: int64
             * @description Not filed.
             */
            asked: number;
            /**
             * Format: int64
             * @description Filed, and right at the level filed.
             */
            filed_right: number;
            /**
             * Format: int64
             * @description Filed wrongly.
             */
            filed_wrong: number;
        };
        /** @description Whether filing fitted to the own answers is better. */
        FitResult: {
            /**
             * Format: int64
             * @description Earlier answers it was fitted to.
             */
            fitted_rows: number;
            /**
             * Format: int64
             * @description Later answers that judged it.
             */
            judged_rows: number;
            /** @description Fitted, on the later answers. */
            own: components["schemas"]["FitOutcomes"];
            /** @description As before, on the later answers. */
            shipped: components["schemas"]["FitOutcomes"];
            /** @description In plain words. */
            summary: string;
            /** @description It files no less rightly and no more wrongly: used from now on. */
            used: boolean;
        };
        /** @enum {string} */
        FlowDirection: "in" | "out";
        /** @description From this day on it cost another amount. */
        FoundPriceChange: {
            /**
             * Format: date
             * @description First day of the new amount.
             */
            date: string;
            /**
             * @description Before.
             * @example -12.30
             */
            from: string;
            /**
             * @description After.
             * @example -12.30
             */
            to: string;
        };
        /** @description Movements that belong together. */
        FoundSeries: {
            /** @description How often. */
            cadence: components["schemas"]["SeriesCadence"];
            /** @description Log-likelihood ratio against chance; more is surer. */
            evidence: number;
            /**
             * Format: date
             * @description Of the first.
             */
            first_date: string;
            /**
             * @description Nor above.
             * @example -12.30
             */
            high: string;
            /** @description What it is. */
            kind: components["schemas"]["SeriesKind"];
            /**
             * Format: date
             * @description Of the last.
             */
            last_date: string;
            /**
             * @description Nine in ten of the recent ones are not below.
             * @example -12.30
             */
            low: string;
            /** @description Ids of its movements, oldest first. */
            members: string[];
            /** @description The words they share. */
            name: string;
            /**
             * Format: date
             * @description When the next is due; absent when it stopped.
             */
            next_date?: string;
            /**
             * Format: date
             * @description Nine chances in ten from here …
             */
            next_earliest?: string;
            /**
             * Format: date
             * @description … to here.
             */
            next_latest?: string;
            /** @description Agreed or metered. */
            pattern: components["schemas"]["AmountPattern"];
            /** @description Of an agreed amount. */
            price_changes: components["schemas"]["FoundPriceChange"][];
            /** @description Due, and nothing came. */
            skipped: string[];
            /** @description Whether it still comes. */
            state: components["schemas"]["SeriesState"];
            /**
             * @description What the next one likely is.
             * @example -12.30
             */
            usual: string;
        };
        /** @description A size of the fund, and how often it is too small. */
        FundPoint: {
            /**
             * @description The same as an amount.
             * @example -12.30
             */
            amount: string;
            /** @description Of expenses. */
            months: number;
            /** @description By the horizon, starting full. */
            run_dry: components["schemas"]["Chance"];
        };
        /** @description What only the household can say; what is left out is assumed aloud. */
        HouseholdOutlook: {
            /**
             * @description The account should stay at or above it.
             * @example -12.30
             */
            account_buffer?: string;
            /** @description Of investing, a year, before tax. */
            expected_return?: number;
            /** @description That the income stops for a while. */
            income_loss?: components["schemas"]["IncomeLoss"];
            /** @description As the calculator surplus-split. */
            risk_aversion?: number;
            /** @description Accepted probability of running dry in a year. */
            run_dry?: number;
            /** @description What savings earn, before tax. */
            saving_rate?: string;
            /** @description On interest and gains. */
            tax_rate?: number;
            /** @description Of that return. */
            volatility?: number;
        };
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
            /** @description What else there is to say of the file: balances that do not follow, lines that are no entry. They cost no entry. */
            notes?: components["schemas"]["RejectedEntry"][];
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
        /** @description The other leg of a transfer between own accounts. */
        ImportPair: {
            /** @description Name of the other account. */
            account: string;
            /** @description Signed, as booked there. */
            amount: components["schemas"]["Money"];
            /** @description How surely they belong together. */
            confidence: number;
            /**
             * Format: date
             * @description Booking date there.
             */
            date: string;
            /** @description The bank's text there. */
            description: string;
        };
        /** @description One entry of a file, what becomes of it, and why. */
        ImportRow: {
            /** @description Where it goes; absent when rejected. */
            account?: string;
            /** @description Signed; absent when rejected. */
            amount?: components["schemas"]["Money"];
            /**
             * Format: int64
             * @description From 1, in bytes.
             */
            column: number;
            /**
             * Format: date
             * @description Booking date; absent when rejected.
             */
            date?: string;
            /** @description booked: a pending one of the ledger is now posted. */
            decision: components["schemas"]["ImportRowDecision"];
            /** @description The bank's text. */
            description?: string;
            /**
             * Format: int64
             * @description In the file, from 1.
             */
            line: number;
            /** @description The transfer it is one leg of. */
            pair?: components["schemas"]["ImportPair"];
            /** @description In plain words. */
            reason: string;
        };
        /** @enum {string} */
        ImportRowDecision: "added" | "duplicate" | "booked" | "rejected";
        /** @enum {string} */
        ImportRowFilter: "all" | "added" | "duplicate" | "booked" | "rejected" | "paired";
        /** @description Rows in the order of the file. */
        ImportRowList: {
            /** @description The rows. */
            items: components["schemas"]["ImportRow"][];
            /**
             * Format: int64
             * @description Rows that fit, all pages.
             */
            total: number;
        };
        /** @enum {string} */
        ImportState: "preview" | "committed" | "undone";
        /** @description That the income stops for a while. */
        IncomeLoss: {
            /** @description Of losing it, while it runs. */
            chance_per_month: number;
            /** @description Share that still comes, 0 to 1. */
            income_kept?: number;
            /** @description Mean length; each month is like the last. Unit: months. */
            months_mean?: number;
        };
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
        /** @description What is wrong with a line; nothing of it is stored. */
        LineProblem: {
            /** @description A sentence. */
            detail: string;
            /**
             * Format: int64
             * @description From 1.
             */
            line: number;
            /** @description JSON pointer into the line; empty: all of it. */
            pointer: string;
        };
        /** @description A lot that is still held. */
        Lot: {
            /** @description Where it is held. */
            account?: string;
            /**
             * Format: date
             * @description First day.
             */
            acquired: string;
            /** @description Ticker or name. */
            asset: string;
            /**
             * @description What it cost, fees included.
             * @example -12.30
             */
            basis: string;
            /** @description Of its buy. */
            id: string;
            /**
             * @description After all splits.
             * @example -12.30
             */
            quantity: string;
            /**
             * @description Basis of one unit, to nine decimals.
             * @example -12.30
             */
            unit_cost: string;
        };
        /** @description A lot to take from. */
        LotChoice: {
            /** @description Of the lot: the id of its buy. */
            id: string;
            /**
             * @description Absent: as much as is still needed.
             * @example -12.30
             */
            quantity?: string;
        };
        /** @description What a sale gained, by lot. */
        LotGain: {
            /** @description Where. */
            account?: string;
            /** @description Ticker or name. */
            asset: string;
            /**
             * @description Cost of what was sold.
             * @example -12.30
             */
            basis: string;
            /**
             * Format: date
             * @description Of the sale.
             */
            date: string;
            /**
             * @description Proceeds less basis.
             * @example -12.30
             */
            gain: string;
            /** @description Of the sale. */
            id: string;
            /**
             * @description Part of the gain.
             * @example -12.30
             */
            long_term: string;
            /** @description In the order taken. */
            lots: components["schemas"]["TakenLot"][];
            /** @description That chose the lots. */
            method: components["schemas"]["LotMethod"];
            /**
             * @description After the fee.
             * @example -12.30
             */
            proceeds: string;
            /**
             * @description Units sold.
             * @example -12.30
             */
            quantity: string;
            /**
             * @description Part of the gain.
             * @example -12.30
             */
            short_term: string;
        };
        /** @enum {string} */
        LotMethod: "fifo" | "lifo" | "hifo" | "average" | "specific";
        /** @description One thing that happened to lots. */
        LotMovement: {
            /** @description Where; lots of one account serve its sales alone. */
            account?: string;
            /**
             * Format: date
             * @description Of a transfer_in; absent: its date.
             */
            acquired?: string;
            /**
             * @description Of all of it, before the fee.
             * @example -12.30
             */
            amount?: string;
            /** @description Ticker or name. */
            asset?: string;
            /** @description If given, the request's. */
            currency?: string;
            /**
             * Format: date
             * @description Not before the one above it.
             */
            date: string;
            /**
             * @description Adds to the cost of a buy, lessens the proceeds of a sale.
             * @example -12.30
             */
            fee?: string;
            /** @description Of a buy: of its lot. Absent: kind and place, buy-1. */
            id?: string;
            /** @description What happened; known by the list in buys and sells. */
            kind?: components["schemas"]["LotMovementKind"];
            /** @description Which lots, for the method specific. */
            lots?: components["schemas"]["LotChoice"][];
            /** @description Of this one; absent: the request's. */
            method?: components["schemas"]["LotMethod"];
            /**
             * @description Of one unit; this or amount.
             * @example -12.30
             */
            price?: string;
            /**
             * @description Units, above 0.
             * @example -12.30
             */
            quantity?: string;
            /** @description Of a split. */
            ratio?: components["schemas"]["SplitRatio"];
            /** @description Of a transfer. */
            to_account?: string;
        };
        /** @enum {string} */
        LotMovementKind: "buy" | "sell" | "split" | "transfer_in" | "transfer_out" | "transfer";
        /** @enum {string} */
        LotRounding: "half_to_even" | "half_up" | "toward_zero" | "floor" | "ceiling";
        /** @description Transactions in order of date, or buys and sells in two lists (of one day, buys come first). */
        Lots: {
            /** @description Instead of transactions. */
            buys?: components["schemas"]["LotMovement"][];
            /** @description ISO 4217 code. */
            currency?: string;
            /**
             * Format: int64
             * @description Held longer than this is long-term. Unit: months.
             */
            long_term_months?: number;
            /** @description Which lots a sale takes. */
            method?: components["schemas"]["LotMethod"];
            /** @description Of prices times quantities and of parts of lots. */
            rounding?: components["schemas"]["LotRounding"];
            /** @description Instead of transactions. */
            sells?: components["schemas"]["LotMovement"][];
            /** @description In order of date. */
            transactions?: components["schemas"]["LotMovement"][];
        };
        /** @description Lots left, gains per sale. */
        LotsAnswer: {
            /** @description Of all amounts. */
            currency: string;
            /** @description One a sale, in their order. */
            gains: components["schemas"]["LotGain"][];
            /** @description Left, by asset, account and date. */
            lots: components["schemas"]["Lot"][];
            /** @description Where a sale said nothing else. */
            method: components["schemas"]["LotMethod"];
            /** @description Of everything. */
            totals: components["schemas"]["LotTotals"];
            /** @description One a transfer, in their order. */
            transfers: components["schemas"]["LotTransfer"][];
        };
        /** @enum {string} */
        LotTerm: "short" | "long";
        /** @description acquired = sold + left + transferred_out; gain = proceeds - sold = short_term + long_term, to the minor unit. */
        LotTotals: {
            /**
             * @description Cost of all buys and transfers in.
             * @example -12.30
             */
            acquired: string;
            /**
             * @description Proceeds less sold.
             * @example -12.30
             */
            gain: string;
            /**
             * @description Cost of the lots left.
             * @example -12.30
             */
            left: string;
            /**
             * @description Part of the gain.
             * @example -12.30
             */
            long_term: string;
            /**
             * @description Of all sales, after fees.
             * @example -12.30
             */
            proceeds: string;
            /**
             * @description Part of the gain.
             * @example -12.30
             */
            short_term: string;
            /**
             * @description Cost of what was sold.
             * @example -12.30
             */
            sold: string;
            /**
             * @description Cost of what left all accounts.
             * @example -12.30
             */
            transferred_out: string;
        };
        /** @description Lots that moved, with their cost. */
        LotTransfer: {
            /** @description From. */
            account?: string;
            /** @description Ticker or name. */
            asset: string;
            /**
             * @description Cost of what moved.
             * @example -12.30
             */
            basis: string;
            /**
             * Format: date
             * @description Of the transfer.
             */
            date: string;
            /** @description Of the transfer. */
            id: string;
            /** @description In the order taken. */
            lots: components["schemas"]["TakenLot"][];
            /** @description Absent: out of all accounts. */
            to_account?: string;
        };
        /** @description How low the account goes. */
        LowestBalance: {
            /** @description Of staying at or above the buffer all the time. */
            above_buffer: components["schemas"]["Chance"];
            /**
             * @description The lowest balance is at or above this with the wanted probability.
             * @example -12.30
             */
            lowest: string;
        };
        /** @description Another transaction that may belong to this one. */
        MatchSuggestion: {
            /** @description In plain words. */
            reason: string;
            /** @description How well it fits; no probability. */
            score: number;
            /** @description The other one. */
            transaction: components["schemas"]["Transaction"];
        };
        /** @description An exact amount of one currency. */
        Money: {
            /** @description Decimal with at most the currency's decimals. */
            amount: string;
            /** @description ISO 4217 code. */
            currency: string;
        };
        /** @description One month of the household, as it was. */
        MonthFlow: {
            /**
             * @description Had to go out, minimum payments included.
             * @example -12.30
             */
            expenses: string;
            /**
             * @description Came in.
             * @example -12.30
             */
            income: string;
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
        /** @description Money that moved on an account. */
        Movement: {
            /** @description Any name that tells accounts apart. */
            account?: string;
            /**
             * @description Money out is negative.
             * @example -12.30
             */
            amount: string;
            /** @description Where it is filed; helps to name the kind. */
            category?: string;
            /**
             * Format: date
             * @description Booking date.
             */
            date: string;
            /** @description As the bank wrote it. */
            description: string;
            /** @description Handed back in the series it belongs to; absent: its place from 0. */
            id?: string;
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
        /** @description Two transactions that are one transfer. */
        PairTransfer: {
            /**
             * Format: uuid
             * @description Where it arrived.
             */
            in: string;
            /**
             * Format: uuid
             * @description Where the money left.
             */
            out: string;
        };
        /** @description The day of a payment, as it is and as it should be. */
        PaymentDay: {
            /**
             * Format: int64
             * @description Fitted; the given one unless another is better.
             */
            day: number;
            /**
             * Format: int64
             * @description As given.
             */
            day_now: number;
            /** @description The flow. */
            id: string;
        };
        /** @description Pay days, bills, and the payments that may move. */
        PaymentDays: {
            /**
             * @description Of the account at its start.
             * @example -12.30
             */
            balance: string;
            /**
             * @description The balance should stay at or above it.
             * @example -12.30
             */
            buffer?: string;
            /** @description ISO 4217 code. */
            currency?: string;
            /**
             * @description Mean of a day, besides the flows.
             * @example -12.30
             */
            daily_spending?: string;
            /** @description Standard deviation over mean of a day. */
            daily_volatility?: number;
            /** @description Every month. */
            flows: components["schemas"]["RegularFlow"][];
            /**
             * Format: int64
             * @description Looked at. Unit: months.
             */
            months?: number;
            /**
             * Format: int64
             * @description Futures drawn.
             */
            paths?: number;
            /** @description Wanted, of staying at or above the buffer. */
            probability?: number;
            /**
             * Format: int64
             * @description Of the draws.
             */
            seed?: number;
            /**
             * Format: date
             * @description The first day.
             */
            start: string;
        };
        /** @description Payment days fitted to pay days. */
        PaymentDaysAnswer: {
            /** @description ISO 4217 code. */
            currency: string;
            /** @description Of the flows that may move. */
            days: components["schemas"]["PaymentDay"][];
            /** @description With the fitted days, on other futures than they were fitted to. */
            fitted: components["schemas"]["LowestBalance"];
            /** @description With the days as given. */
            now: components["schemas"]["LowestBalance"];
            /**
             * Format: int64
             * @description Futures drawn, for the fit and again for the answer.
             */
            paths: number;
            /** @description Whether the wanted probability is reached. */
            reached: boolean;
            /**
             * Format: int64
             * @description Of the draws.
             */
            seed: number;
        };
        /** @enum {string} */
        PaymentTiming: "end" | "begin";
        /** @description How often a plan was kept. */
        PlanRecord: {
            /**
             * Format: int64
             * @description Of them, months in which it was kept.
             */
            kept: number;
            /**
             * Format: int64
             * @description Months with a plan.
             */
            months: number;
        };
        /** @description From this day on it cost another amount. */
        PriceChange: {
            /**
             * Format: date
             * @description First day of the new amount.
             */
            date: string;
            /** @description Before. */
            from: components["schemas"]["Money"];
            /** @description After. */
            to: components["schemas"]["Money"];
        };
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
        /** @description What a rate was inferred from. */
        RateEvidence: {
            /** @description Of them. */
            highest: string;
            /** @description Of them. */
            lowest: string;
            /**
             * Format: int64
             * @description Postings of interest set against the balances of their days.
             */
            postings: number;
        };
        /** @description A product of the US market. */
        RateForecast: {
            /**
             * Format: int64
             * @description How far ahead.
             */
            months?: number;
            /** @description Whose moves. */
            product: components["schemas"]["RateProduct"];
            /** @description 0.05 to 0.95; 0.1, 0.5 and 0.9 when left out. */
            quantiles?: number[];
            /** @description One's own rate today, 0.2399; the last published one if left out. */
            rate?: string;
        };
        /** @description Quantiles, and what they are worth. */
        RateForecastAnswer: {
            /** @description Against a random walk, on held-out years. */
            measured: components["schemas"]["RateHorizon"][];
            /** @description Name and version. */
            model: string;
            /** @description Month by month. */
            months: components["schemas"]["RateMonth"][];
            /** @description As asked. */
            product: components["schemas"]["RateProduct"];
            /** @description Month of the last published rate, YYYY-MM. */
            published: string;
            /** @description That rate. */
            published_rate: string;
            /** @description As asked. */
            quantiles: number[];
            /** @description It starts from. */
            rate: string;
            /** @description Of the published rates. */
            source: string;
        };
        /** @description How the method did on years it was not chosen on. */
        RateHorizon: {
            /** @description Of the 80 % interval. */
            coverage: number;
            /** @description Of the random walk's. */
            coverage_random_walk: number;
            /** @description 90 %, of the first less the second. */
            difference_interval: number[];
            /**
             * Format: int64
             * @description Judged, one a quarter.
             */
            forecasts: number;
            /** @description Mean quantile loss, percentage points. */
            loss: number;
            /** @description Of the random walk. */
            loss_random_walk: number;
            /** @description pass_through or random_walk. */
            method: string;
            /**
             * Format: int64
             * @description Ahead.
             */
            months: number;
        };
        /** @description The rate a number of months ahead. */
        RateMonth: {
            /**
             * Format: int64
             * @description From 1.
             */
            month: number;
            /** @description By quantile, in the order of `quantiles`; 0.21 for 21 %. */
            rates: number[];
        };
        /** @enum {string} */
        RateProduct: "fed_funds" | "prime" | "credit_card" | "mortgage_30y" | "auto_48m" | "personal_24m";
        /** @description One balance of the bank beside the ledger's. */
        ReconciledBalance: {
            /** @description Of the change, likeliest first. */
            causes: components["schemas"]["Cause"][];
            /** @description Of the difference since the balance before. */
            change: components["schemas"]["Money"];
            /**
             * Format: date
             * @description Its day.
             */
            date: string;
            /** @description Statement minus ledger. */
            difference: components["schemas"]["Money"];
            /** @description The file that tells it. */
            file: string;
            /** @description The ledger's, posted transactions only. */
            ledger: components["schemas"]["Money"];
            /** @description The bank's. */
            statement: components["schemas"]["Money"];
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
        /** @description What comes again, surest first. */
        RecurringAnswer: {
            /**
             * Format: date
             * @description The day they are seen from; absent: there were no movements.
             */
            as_of?: string;
            /** @description Of all amounts. */
            currency: string;
            /** @description Surest first. */
            series: components["schemas"]["FoundSeries"][];
        };
        /** @description Movements to look for series in. */
        RecurringRequest: {
            /**
             * Format: date
             * @description The last day told about; later movements do not count. Absent: the newest one's.
             */
            as_of?: string;
            /** @description ISO 4217, of all amounts. */
            currency: string;
            /** @description In any order. */
            movements: components["schemas"]["Movement"][];
        };
        /** @description What is owed, and what is offered for it. */
        Refinance: {
            /** @description ISO 4217 code. */
            currency?: string;
            /** @description What is owed. */
            debts: components["schemas"]["DebtToPlan"][];
            /**
             * @description The same with and without an offer, highest rate first; when left out, minimums and the offer's level payment are paid.
             * @example -12.30
             */
            monthly_budget?: string;
            /** @description 1 to 32. */
            offers: components["schemas"]["RefinanceOffer"][];
            /**
             * Format: date
             * @description The day of the change; pays a month later.
             */
            start: string;
        };
        /** @description The market makes refinancing worth asking for. */
        RefinanceAlert: {
            /**
             * Format: int64
             * @description From whose end on it is cheaper.
             */
            break_even_month?: number;
            /** @description That an offer would replace. */
            debts: string[];
            /** @description Assumed. */
            fee: components["schemas"]["Money"];
            /** @description loan or balance_transfer. */
            kind: string;
            /** @description Last published average; one's own offer will differ. */
            market_apr: string;
            /** @description Interest and fees to the end, all fees included. */
            saving: components["schemas"]["Money"];
            /**
             * Format: int64
             * @description Of the offer. Unit: months.
             */
            term_months: number;
            /** @description In a sentence. */
            why: string;
            /** @description An offer above it costs more than keeping. */
            worth_up_to_apr?: string;
        };
        /** @description Each offer against keeping, exact to the minor unit. */
        RefinanceAnswer: {
            /** @description The offer to take; null when keeping is best. */
            best: string | null;
            /** @description ISO 4217 code. */
            currency: string;
            /** @description Nothing changed; null when that never ends. */
            keep: components["schemas"]["RefinanceWay"] | null;
            /** @description Why it never ends. */
            keep_refusal?: string;
            /** @description In the order asked. */
            offers: components["schemas"]["RefinanceVerdict"][];
            /** @description Offers that can be paid, cheapest first. */
            ranking: string[];
            /** @description Explains, never decides; where there is one. */
            rule_of_thumb?: components["schemas"]["RefinanceRules"];
        };
        /** @enum {string} */
        RefinanceKind: "loan" | "balance_transfer" | "heloc";
        /** @description New credit that pays debts off on the first day and is repaid in level payments. */
        RefinanceOffer: {
            /** @description Nominal yearly rate. */
            apr: string;
            /** @description As of a debt. */
            compounding?: components["schemas"]["DebtCompounding"];
            /**
             * @description Fixed part of its price.
             * @example -12.30
             */
            fee?: string;
            /** @description Whether the fee is added to the balance instead of paid at once. */
            fee_added?: boolean;
            /** @description Share of what is moved, 0.03 for 3 %. */
            fee_percent?: string;
            /** @description Names the offer; its number from 1 otherwise. */
            id?: string;
            /** @description What it is; a heloc is secured by the home. */
            kind: components["schemas"]["RefinanceKind"];
            /**
             * @description Most that can be owed on it.
             * @example -12.30
             */
            limit?: string;
            /** @description A rate for a time. */
            promo?: components["schemas"]["DebtPromo"];
            /** @description Changes of the rate, by date. */
            rate_path?: components["schemas"]["DebtRateChange"][];
            /** @description Ids of debts; all when left out. */
            replaces?: string[];
            /** @description Whether something stands for it. */
            secured?: boolean;
            /**
             * Format: int64
             * @description The level payment repays it in this time. Unit: months.
             */
            term_months: number;
        };
        /** @description What hangs on the promotion. */
        RefinancePromoRisk: {
            /**
             * @description Owed on the offer then.
             * @example -12.30
             */
            balance_then: string;
            /**
             * @description A month, to owe nothing by then.
             * @example -12.30
             */
            clearing_payment?: string;
            /**
             * @description Interest and fees after it.
             * @example -12.30
             */
            cost_after: string;
            /**
             * @description Lifetime saving when the promotion is lost on the first day.
             * @example -12.30
             */
            saving_without?: string;
            /**
             * Format: date
             * @description Its last day.
             */
            until: string;
        };
        /** @description One sentence of the rule of thumb. */
        RefinanceRule: {
            /**
             * Format: int64
             * @description Of these, the exact calculation agreed.
             */
            agreed: number;
            /**
             * Format: int64
             * @description Simulated cases it held for, none learned from.
             */
            cases: number;
            /** @description As a person says it. */
            text: string;
            /** @description What it says. */
            worth_it: boolean;
        };
        /** @description A rule of thumb learned from the exact calculation on simulated households. */
        RefinanceRules: {
            /** @description Share of unseen cases in which the exact calculation says the same. */
            agreement: number;
            /** @description Of it, 95 %. */
            agreement_interval: number[];
            /** @description The same share of "the offer's rate is below yours". */
            baseline_agreement: number;
            /** @description Name and version; its card has the figures. */
            model: string;
            /** @description Exactly one holds for an offer. */
            rules: components["schemas"]["RefinanceRule"][];
            /** @description What it is, and that it does not decide. */
            text: string;
        };
        /** @description Replacing these debts only saves more. */
        RefinanceSubset: {
            /** @description Ids. */
            replaces: string[];
            /**
             * @description Lifetime.
             * @example -12.30
             */
            saving: string;
        };
        /** @description What the rule of thumb says of this offer; the exact figures decide. */
        RefinanceThumb: {
            /** @description Whether lifetime_saving says the same. */
            agrees: boolean;
            /**
             * Format: int64
             * @description Number of the rule that holds, from 1.
             */
            rule: number;
            /** @description The rule, and which of the two holds. */
            text: string;
            /** @description What it says. */
            worth_it: boolean;
        };
        /** @description One offer against keeping the debts. */
        RefinanceVerdict: {
            /** @description If there is one. */
            better_subset?: components["schemas"]["RefinanceSubset"];
            /** @description From its end on, costs so far are never above keeping's again. */
            break_even_month: number | null;
            /**
             * @description Fee and prepayment penalties of that day.
             * @example -12.30
             */
            due_at_once: string;
            /** @description The offer. */
            id: string;
            /** @description As asked. */
            kind: components["schemas"]["RefinanceKind"];
            /** @description Interest and fees of keeping less those of this; below zero: dearer. */
            lifetime_saving: string | null;
            /**
             * @description Paid off with it on the first day.
             * @example -12.30
             */
            moved: string;
            /**
             * @description Owed on the offer then.
             * @example -12.30
             */
            new_balance: string;
            /**
             * @description Its level payment.
             * @example -12.30
             */
            payment: string;
            /**
             * Format: int64
             * @description When lower payments have paid for the first day's costs.
             */
            payment_break_even_month?: number;
            /** @description Of an offer with a promotion. */
            promo_risk?: components["schemas"]["RefinancePromoRisk"];
            /** @description 1 costs least; null when it cannot be paid. */
            rank: number | null;
            /** @description Why it cannot be paid. */
            refusal?: string;
            /** @description Debts it pays off, dearest first. */
            replaces: string[];
            /** @description An explanation; where there is a saving to explain. */
            rule_of_thumb?: components["schemas"]["RefinanceThumb"];
            /**
             * @description Secured part afterwards.
             * @example -12.30
             */
            secured_after: string;
            /**
             * @description Secured part of what is moved.
             * @example -12.30
             */
            secured_before: string;
            /** @description What follows. */
            way?: components["schemas"]["RefinanceWay"];
            /** @description Highest rate, to a hundredth of a percent, at which it is no loss. */
            worth_up_to_apr?: string;
        };
        /** @description One way through, to the last payment. */
        RefinanceWay: {
            /**
             * Format: date
             * @description Of the last payment.
             */
            debt_free_date: string;
            /**
             * @description Fees and penalties, the first day's included.
             * @example -12.30
             */
            fees: string;
            /**
             * @description Of the first month.
             * @example -12.30
             */
            first_payment: string;
            /**
             * @description Sum of interest.
             * @example -12.30
             */
            interest: string;
            /**
             * Format: int64
             * @description Until nothing is owed.
             */
            months: number;
            /**
             * @description Balances, interest and fees.
             * @example -12.30
             */
            total_paid: string;
        };
        /** @description For a purchase: its refunds and what may be one. For money in: purchases it may repay. */
        RefundList: {
            /** @description Their sum. */
            refunded: components["schemas"]["Money"];
            /** @description Linked to it. */
            refunds: components["schemas"]["Transaction"][];
            /** @description What the purchase still costs. */
            remaining: components["schemas"]["Money"];
            /** @description Best first, at most ten. */
            suggestions: components["schemas"]["MatchSuggestion"][];
        };
        /** @description Something that comes or goes every month. */
        RegularFlow: {
            /**
             * @description Above zero comes in, below zero goes out.
             * @example -12.30
             */
            amount: string;
            /**
             * Format: int64
             * @description Of the month; a shorter month has it on its last day.
             */
            day: number;
            /**
             * Format: int64
             * @description It comes up to so many days late, evenly.
             */
            days_late_max?: number;
            /**
             * Format: int64
             * @description Of the choice.
             */
            earliest_day?: number;
            /** @description Names it in the answer. */
            id: string;
            /**
             * Format: int64
             * @description Of the choice.
             */
            latest_day?: number;
            /** @description Whether its day may be chosen. */
            movable?: boolean;
            /** @description Standard deviation over mean; lognormal. */
            volatility?: number;
        };
        /** @description A place in a file and what is to be said of it: why an entry could not be used. */
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
        /** @description A transaction and what Atlas makes of it now. */
        ReviewItem: {
            /**
             * Format: int64
             * @description Others that belong to the question: of the same merchant, or of nobody with the same text and amount.
             */
            alike: number;
            /** @description Best first, at most 3. */
            alternatives: components["schemas"]["FilingAlternative"][];
            /** @description What Atlas would say; other.unknown when it cannot. */
            category: string;
            /** @description Probability that it is right. */
            confidence: number;
            /** @description Name recognised, or empty. */
            merchant: string;
            /** @description Them, as far as one answer serves them. */
            others?: string[];
            /** @description Why. */
            reasons: components["schemas"]["FilingReason"][];
            /** @description Who says so. */
            source: components["schemas"]["FilingSource"];
            /** @description Where there are others: all of them together. */
            span?: components["schemas"]["ReviewSpan"];
            /** @description As it is filed. */
            transaction: components["schemas"]["Transaction"];
        };
        /** @description Heaviest first: doubt and amount, of all that belongs to a question. */
        ReviewList: {
            /**
             * Format: int64
             * @description Ledger sequence they stand at.
             */
            as_of_sequence: number;
            /**
             * Format: int64
             * @description Transactions filed without asking.
             */
            filed: number;
            /** @description The questions. */
            items: components["schemas"]["ReviewItem"][];
            /**
             * Format: int64
             * @description Questions they make: what one answer serves is one.
             */
            questions?: number;
            /**
             * Format: int64
             * @description Transactions that wait.
             */
            total: number;
            /** @description Whether that is the ledger's own. */
            up_to_date: boolean;
        };
        /** @description From where to where a question's transactions reach. */
        ReviewSpan: {
            /**
             * Format: date
             * @description Earliest day.
             */
            first: string;
            /**
             * Format: date
             * @description Latest day.
             */
            last: string;
            /** @description Smallest amount, by size. */
            least: components["schemas"]["Money"];
            /** @description Largest amount, by size. */
            most: components["schemas"]["Money"];
        };
        /** @description Interest and fees of one way over the rates to come. */
        RobustOrder: {
            /** @description Over all. */
            mean: components["schemas"]["Money"];
            /** @description avalanche, snowball, optimal, or an order of debts by name. */
            name: string;
            /** @description Over the worst tenth. */
            tail: components["schemas"]["Money"];
            /** @description The dearest. */
            worst: components["schemas"]["Money"];
        };
        /** @description One rule, in both of its forms. */
        Rule: {
            /** @description Whether it is in force. */
            enabled: boolean;
            /** @description Identifier. */
            id: string;
            /** @description What the person calls it. */
            name: string;
            /** @description when … then …, to be read and written. */
            text: string;
            /** @description What it does. */
            then: components["schemas"]["RuleActions"];
            /** @description Any of these groups. */
            when: components["schemas"]["RuleGroup"][];
        };
        /** @description What becomes of a transaction that fits. */
        RuleActions: {
            /** @description One category, or shares. */
            file_under?: components["schemas"]["RuleShare"][];
            /** @description Where there is none yet. */
            note?: string;
            /** @description Name of the merchant. */
            rename?: string;
            /** @description Added. */
            tags?: string[];
        };
        /** @description Conditions that must all hold. */
        RuleGroup: {
            /** @description The conditions. */
            all: components["schemas"]["RuleTest"][];
        };
        /** @description All rules; the first that files decides. */
        RuleList: {
            /**
             * Format: int64
             * @description Ledger sequence they stand at.
             */
            as_of_sequence: number;
            /** @description In their order. */
            items: components["schemas"]["Rule"][];
        };
        /** @description A category and its share of the amount. */
        RuleShare: {
            /** @description Category id. */
            category: string;
            /**
             * @description All shares sum to 100.
             * @example -12.30
             */
            percent?: string;
        };
        /** @description A rule the person's answers already follow. */
        RuleSuggestion: {
            /**
             * Format: int64
             * @description How often, without exception.
             */
            answers: number;
            /** @description Where the person files it. */
            category: string;
            /** @description What names it, to turn it down. */
            key: string;
            /** @description Name to show. */
            merchant: string;
            /** @description The rule. */
            text: string;
            /**
             * Format: int64
             * @description That the rule would fit.
             */
            transactions: number;
        };
        /** @description Most answers first. */
        RuleSuggestionList: {
            /** @description At most 20. */
            items: components["schemas"]["RuleSuggestion"][];
        };
        /** @description One condition. */
        RuleTest: {
            /**
             * Format: date
             * @description First day.
             */
            from?: string;
            /**
             * @description The most, included.
             * @example -12.30
             */
            high?: string;
            /** @description What it looks at. */
            kind: components["schemas"]["RuleTestKind"];
            /**
             * @description Least amount without sign, day, month, or weekday (0 Monday).
             * @example -12.30
             */
            low?: string;
            /** @description Must not hold. */
            negated?: boolean;
            /** @description Words, expression, account, currency or category. */
            text?: string;
            /**
             * Format: date
             * @description Last day, included.
             */
            to?: string;
        };
        /** @enum {string} */
        RuleTestKind: "description_contains" | "description_is" | "description_matches" | "merchant_is" | "amount_between" | "money_out" | "money_in" | "account_is" | "currency_is" | "date_between" | "day_between" | "month_is" | "weekday_is" | "category_is";
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
        /** @description A rule, either as text or as when and then. */
        SaveRule: {
            /** @description Whether it is in force. */
            enabled?: boolean;
            /** @description Of the rule to replace; absent: a new one. */
            id?: string;
            /** @description What the person calls it. */
            name: string;
            /**
             * Format: int64
             * @description From 0; absent: where it is, or last.
             */
            position?: number;
            /** @description when … then … */
            text?: string;
            /** @description What it does. */
            then?: components["schemas"]["RuleActions"];
            /** @description Any of these groups. */
            when?: components["schemas"]["RuleGroup"][];
        };
        /** @description The estimate after a month of the plan. */
        ScoreMonth: {
            /** @description Of its interval. */
            high: number;
            /** @description Of its interval. */
            low: number;
            /**
             * Format: int64
             * @description 0 is today.
             */
            month: number;
            /**
             * @description On debts with a credit limit.
             * @example -12.30
             */
            revolving_balance: string;
            /** @description Estimate. */
            score: number;
            /** @description Of their limits. */
            utilisation: number;
        };
        /** @description What the plan does to utilisation and the estimated credit score. */
        ScoreTimeline: {
            /** @description Of the estimate, first to last month. */
            change: number;
            /** @description Of the intervals. */
            coverage: number;
            /** @description What this is not. */
            disclaimer: string;
            /** @description Name and version. */
            model: string;
            /** @description Until nothing is owed, 60 at most. */
            months: components["schemas"]["ScoreMonth"][];
            /** @description Inputs that nobody gave; they widen the interval. */
            unknown: string[];
        };
        /** @description Payments that belong together. */
        Series: {
            /** @description How often. */
            cadence: components["schemas"]["SeriesCadence"];
            /** @description Of the last one. */
            category: string;
            /**
             * Format: date
             * @description Of the first.
             */
            first_date: string;
            /** @description Nor above. */
            high: components["schemas"]["Money"];
            /** @description What it is. */
            kind: components["schemas"]["SeriesKind"];
            /**
             * Format: date
             * @description Of the last.
             */
            last_date: string;
            /** @description Nine in ten of the recent ones are not below. */
            low: components["schemas"]["Money"];
            /** @description Merchant, or the words they share. */
            name: string;
            /**
             * Format: date
             * @description When the next is due; absent when it stopped.
             */
            next_date?: string;
            /**
             * Format: date
             * @description Nine chances in ten from here …
             */
            next_earliest?: string;
            /**
             * Format: date
             * @description … to here.
             */
            next_latest?: string;
            /** @description Agreed or metered. */
            pattern: components["schemas"]["AmountPattern"];
            /** @description Of an agreed amount. */
            price_changes: components["schemas"]["PriceChange"][];
            /** @description Due, and nothing came. */
            skipped: string[];
            /** @description Whether it still comes. */
            state: components["schemas"]["SeriesState"];
            /** @description Its members, oldest first. */
            transactions: string[];
            /** @description What the next one likely is. */
            usual: components["schemas"]["Money"];
        };
        /** @enum {string} */
        SeriesCadence: "weekly" | "biweekly" | "four_weekly" | "semi_monthly" | "monthly" | "two_monthly" | "quarterly" | "half_yearly" | "yearly";
        /** @enum {string} */
        SeriesKind: "salary" | "income" | "subscription" | "bill" | "loan" | "transfer";
        /** @description Surest first. */
        SeriesList: {
            /**
             * Format: date
             * @description The day they are seen from.
             */
            as_of: string;
            /**
             * Format: int64
             * @description Ledger sequence they stand at.
             */
            as_of_sequence: number;
            /** @description The series. */
            items: components["schemas"]["Series"][];
        };
        /** @enum {string} */
        SeriesState: "active" | "late" | "stopped";
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
        /** @description The way that holds up when rates move: half the mean, half the worst tenth. */
        SmartAvalanche: {
            /** @description Best first. */
            orders: components["schemas"]["RobustOrder"][];
            /** @description What its caution costs on average. */
            price: components["schemas"]["Money"];
            /**
             * Format: int64
             * @description Paths of rates, each at one quantile throughout.
             */
            scenarios: number;
            /** @description What it saves over the worst tenth. */
            tail_saved: components["schemas"]["Money"];
            /** @description Debts whose rate moves. */
            variable: string[];
            /** @description In a sentence. */
            why: string;
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
        /** @description A debt that surplus could go to. */
        SplitDebt: {
            /** @description Nominal yearly rate, charged monthly. */
            apr: string;
            /**
             * @description Owed today.
             * @example -12.30
             */
            balance: string;
            /** @description Whether its interest lowers the tax. */
            deductible?: boolean;
            /** @description Names it in the answer. */
            id: string;
            /**
             * @description Paid each month besides the surplus.
             * @example -12.30
             */
            minimum?: string;
        };
        /** @description Where the surplus of one month goes. */
        SplitMonth: {
            /**
             * @description Into the buffer.
             * @example -12.30
             */
            buffer: string;
            /**
             * @description To debts, above their minimums.
             * @example -12.30
             */
            debts: string;
            /**
             * @description Invested.
             * @example -12.30
             */
            invest: string;
            /**
             * Format: int64
             * @description From 1.
             */
            month: number;
            /**
             * @description On all debts afterwards.
             * @example -12.30
             */
            owed: string;
        };
        /** @description New units for old ones; 3 for 2 is new 3, old 2. */
        SplitRatio: {
            /**
             * Format: int64
             * @description Units after.
             */
            new: number;
            /**
             * Format: int64
             * @description Units before.
             */
            old: number;
        };
        /** @description One place for the surplus. */
        SplitUse: {
            /** @description Of a debt. */
            debt_id?: string;
            /**
             * @description Of the first month's surplus.
             * @example -12.30
             */
            first_month: string;
            /**
             * @description Of all months planned.
             * @example -12.30
             */
            total: string;
            /** @description buffer, debt or invest. */
            use: string;
            /** @description Of the next unit of money there today, after tax and for its risk. */
            value_per_year: number;
            /** @description In a sentence. */
            why: string;
        };
        /** @description What one file tells of the account. */
        StatementCoverage: {
            /** @description File name. */
            file: string;
            /**
             * Format: date
             * @description First day.
             */
            from: string;
            /**
             * Format: uuid
             * @description The import.
             */
            import_id: string;
            /**
             * Format: date
             * @description Last day.
             */
            to: string;
        };
        /** @description Where each month's surplus does most good. */
        SurplusSplit: {
            /** @description As the calculator emergency-fund; its currency is this one. */
            buffer: components["schemas"]["EmergencyFund"];
            /** @description ISO 4217 code. */
            currency?: string;
            /** @description May be none. */
            debts?: components["schemas"]["SplitDebt"][];
            /** @description Of what is borrowed when the buffer is dry, 0.2399. */
            emergency_apr: string;
            /** @description Of investing, a year, before tax: yours. */
            expected_return?: number;
            /**
             * @description Left of a month once expenses and minimums are paid.
             * @example -12.30
             */
            monthly_surplus: string;
            /**
             * Format: int64
             * @description How far to plan. Unit: months.
             */
            months?: number;
            /** @description Half of it times the variance is taken off the return. */
            risk_aversion?: number;
            /** @description What the buffer earns, before tax. */
            saving_rate?: string;
            /** @description On interest and gains, 0 to 1. */
            tax_rate?: number;
            /** @description Of that return, a year. */
            volatility?: number;
        };
        /** @description Buffer, debts or investing. */
        SurplusSplitAnswer: {
            /** @description What was taken for granted. */
            assumptions: string[];
            /** @description Expected yearly return before tax at which investing would be as good as the best other use today, its risk allowed for. */
            break_even_return: number;
            /** @description The same, risk left out. */
            break_even_without_risk: number;
            /** @description The emergency fund behind it. */
            buffer: components["schemas"]["EmergencyFundAnswer"];
            /** @description ISO 4217 code. */
            currency: string;
            /** @description Of investing, after tax and for its risk. */
            invest_value: number;
            /** @description With the buffer after the last month planned. */
            run_dry_after: components["schemas"]["Chance"];
            /** @description With today's buffer. */
            run_dry_before: components["schemas"]["Chance"];
            /** @description Month by month. */
            schedule: components["schemas"]["SplitMonth"][];
            /** @description Most valuable first. */
            uses: components["schemas"]["SplitUse"][];
        };
        /** @description The first records of a file of columns. */
        Table: {
            /** @description The one it was read with. */
            delimiter: string;
            /** @description The one it was read with. */
            encoding: string;
            /** @description The first 60. */
            records: components["schemas"]["TableRecord"][];
        };
        /** @description One record as printed. */
        TableRecord: {
            /** @description Quotes undone, nothing interpreted. */
            cells: string[];
            /**
             * Format: int64
             * @description Where it begins, from 1.
             */
            line: number;
        };
        /** @description What a sale or a transfer took of a lot. */
        TakenLot: {
            /**
             * Format: date
             * @description First day.
             */
            acquired: string;
            /**
             * @description Its cost.
             * @example -12.30
             */
            basis: string;
            /**
             * @description Proceeds less basis.
             * @example -12.30
             */
            gain?: string;
            /** @description Of the lot. */
            id: string;
            /**
             * @description Its share, after the fee.
             * @example -12.30
             */
            proceeds?: string;
            /**
             * @description In units of that day.
             * @example -12.30
             */
            quantity: string;
            /** @description Short or long. */
            term?: components["schemas"]["LotTerm"];
        };
        /** @enum {string} */
        TermSource: "given" | "inferred" | "assumed";
        /** @description One movement on one account. Money out is negative. */
        Transaction: {
            /**
             * Format: uuid
             * @description Its account.
             */
            account_id: string;
            /** @description Signed from the account's point of view. */
            amount: components["schemas"]["Money"];
            /** @description The bank's own code of the trade, an MCC. */
            bank_category?: string;
            /** @description A person's word for the merchant. */
            chosen_merchant?: string;
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
            /** @description A person's note. */
            note?: string;
            /** @description In the currency of the purchase. */
            original_amount?: components["schemas"]["Money"];
            /**
             * Format: date
             * @description Value date, if the bank gave one.
             */
            posted_date?: string;
            /**
             * Format: uuid
             * @description The purchase it gives money back for.
             */
            refund_of?: string;
            /** @description Where it was read. */
            source: components["schemas"]["Source"];
            /** @description Sum to the amount; at least one. */
            splits: components["schemas"]["Split"][];
            /** @description Pending ones may still change. */
            status: components["schemas"]["TransactionStatus"];
            /** @description A person's words instead of the bank's. */
            title?: string;
            /**
             * Format: uuid
             * @description Shared by both legs.
             */
            transfer_id?: string;
        };
        /** @description What is given is changed, the rest stays. */
        TransactionChange: {
            /** @description On every part. */
            add_tags?: string[];
            /** @description For all of it; replaces any splits. */
            category?: string;
            /** @description title, merchant, note, refund_of, tags. */
            clear?: string[];
            /** @description Shown instead of the merchant found. */
            merchant?: string;
            /** @description Free text. */
            note?: string;
            /**
             * Format: uuid
             * @description The purchase it gives money back for.
             */
            refund_of?: string;
            /** @description From every part. */
            remove_tags?: string[];
            /** @description A person has looked at it. */
            reviewed?: boolean;
            /** @description Must sum to the amount exactly. */
            splits?: components["schemas"]["Split"][];
            /** @description These and no others, on every part. */
            tags?: string[];
            /** @description Shown instead of the bank's text. */
            title?: string;
        };
        /** @description As list_transactions understands them. */
        TransactionFilter: {
            /**
             * Format: uuid
             * @description Of this account.
             */
            account_id?: string;
            /**
             * @description Without sign, included.
             * @example -12.30
             */
            amount_max?: string;
            /**
             * @description Without sign, included.
             * @example -12.30
             */
            amount_min?: string;
            /** @description A leaf, or a parent with its leaves. */
            category?: string;
            /** @description Who decided the category. */
            filed_by?: components["schemas"]["FilingSource"];
            /** @description Money in or money out. */
            flow?: components["schemas"]["FlowDirection"];
            /**
             * Format: date
             * @description First day, included.
             */
            from?: string;
            /**
             * Format: uuid
             * @description Added by this import.
             */
            import_id?: string;
            /** @description A search. */
            q?: string;
            /** @description A person has looked at it. */
            reviewed?: boolean;
            /** @description Posted or pending. */
            status?: components["schemas"]["TransactionStatus"];
            /** @description With this tag. */
            tag?: string;
            /** @description With some tag. */
            tagged?: boolean;
            /**
             * Format: date
             * @description Last day, included.
             */
            to?: string;
        };
        /** @description One page, in the order asked for. */
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
            /** @description Of all pages, one a currency. */
            sums?: components["schemas"]["Money"][];
            /**
             * Format: int64
             * @description Of all pages.
             */
            total?: number;
        };
        /** @enum {string} */
        TransactionOrder: "newest" | "oldest" | "largest" | "smallest";
        /** @enum {string} */
        TransactionStatus: "posted" | "pending";
        /** @description Two legs of one movement between own accounts. */
        Transfer: {
            /** @description How surely they belong together. */
            confidence: number;
            /**
             * Format: uuid
             * @description Shared by both legs.
             */
            id: string;
            /** @description Where it arrived. */
            in: components["schemas"]["Transaction"];
            /** @description Where the money left. */
            out: components["schemas"]["Transaction"];
            /** @description A person has confirmed it. */
            reviewed: boolean;
        };
        /** @description Pairs, newest first. */
        TransferList: {
            /** @description The transfers. */
            items: components["schemas"]["Transfer"][];
            /**
             * Format: int64
             * @description Transactions in such pairs, all pages.
             */
            total_legs: number;
        };
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
        /** @description What all accounts are worth together. */
        Worth: {
            /**
             * Format: int64
             * @description Ledger sequence it stands at.
             */
            as_of_sequence: number;
            /** @description Of the total. */
            currency: string;
            /** @description One a currency. */
            items: components["schemas"]["WorthItem"][];
            /**
             * Format: date
             * @description The day asked for.
             */
            on?: string;
            /** @description Absent while one of the items has no rate. */
            total?: components["schemas"]["Money"];
        };
        /** @description All accounts of one currency. */
        WorthItem: {
            /** @description Their sum, exact. */
            balance: components["schemas"]["Money"];
            /** @description In the currency asked for; absent: no rate. */
            converted?: components["schemas"]["Money"];
            /** @description Why it could not be converted. */
            problem?: string;
            /**
             * Format: date
             * @description Day of the rate it stands on.
             */
            rate_date?: string;
            /** @description Where the rate is from. */
            rate_source?: string;
        };
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
    get_debt_advice: {
        parameters: {
            query?: {
                /** @description For all debts together; what was paid lately when left out. */
                monthly_budget?: string;
                /** @description The one to write out; the recommended one when left out. */
                strategy?: components["schemas"]["DebtStrategy"];
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
                    "application/json": components["schemas"]["DebtAdvice"];
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
    ask_debt_advice: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskDebtAdvice"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DebtAdvice"];
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
    add_account: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddAccount"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EditResult"];
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
    edit_account: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The account. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: date
                     * @description Last day.
                     */
                    closed?: string;
                    /** @description Bank or lender. */
                    institution?: string;
                    /** @description What the person calls it. */
                    name?: string;
                    /**
                     * Format: date
                     * @description First day.
                     */
                    opened?: string;
                    /** @description Kind of account. */
                    type?: components["schemas"]["AccountType"];
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
                    "application/json": components["schemas"]["EditResult"];
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
    get_balances: {
        parameters: {
            query?: {
                /** @description Absent: its first day. */
                from?: string;
                /** @description One point a day, a week (Sunday) or a month. */
                interval?: components["schemas"]["BalanceInterval"];
                /** @description Absent: its last day. */
                to?: string;
            };
            header?: never;
            path: {
                /** @description The account. */
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
                    "application/json": components["schemas"]["BalanceSeries"];
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
    get_account_report: {
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
                    "application/json": components["schemas"]["AccountReport"];
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
    calculate_categorise: {
        parameters: {
            query?: {
                /** @description Learn each line's label after answering it. */
                replay?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-ndjson": string;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
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
    calculate_credit_score: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreditScore"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreditScoreAnswer"];
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
    calculate_emergency_fund: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EmergencyFund"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmergencyFundAnswer"];
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
    calculate_features: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-ndjson": string;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Features"];
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
    calculate_lots: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Lots"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LotsAnswer"];
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
    calculate_payment_days: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaymentDays"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentDaysAnswer"];
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
    calculate_rate_forecast: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RateForecast"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RateForecastAnswer"];
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
    calculate_recurring: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecurringRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecurringAnswer"];
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
    calculate_refinance: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Refinance"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefinanceAnswer"];
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
    calculate_surplus_split: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SurplusSplit"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SurplusSplitAnswer"];
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
    list_categories: {
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
                    "application/json": components["schemas"]["CategoryList"];
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
    add_category: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddCategory"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CategoryList"];
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
    change_category: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Which one. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Not offered, or again. */
                    hidden?: boolean;
                    /** @description Its transactions move there, and it is hidden. */
                    merge_into?: string;
                    /** @description A new name. */
                    name?: string;
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
                    "application/json": components["schemas"]["CategoryList"];
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
    list_debts: {
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
                    "application/json": components["schemas"]["DebtList"];
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
    create_debt: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DebtTerms"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Debt"];
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
    get_debt: {
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
                    "application/json": components["schemas"]["Debt"];
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
    put_debt: {
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
                    /** @description What holds from now on. */
                    terms?: components["schemas"]["DebtTerms"];
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
                    "application/json": components["schemas"]["Debt"];
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
    delete_debt: {
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
    list_edits: {
        parameters: {
            query?: {
                /** @description Newest first. */
                limit?: number;
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
                    "application/json": components["schemas"]["EditList"];
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
    undo_edit: {
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
                    "application/json": components["schemas"]["EditResult"];
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
    list_events: {
        parameters: {
            query?: {
                /** @description From the page before. */
                cursor?: string;
                /** @description Offset of the first. */
                from?: number;
                /** @description Events at most. */
                limit?: number;
                /** @description Those that became known at this time or later. */
                since?: string;
                /** @description What was sent in, or what the ledger did. */
                topic?: components["schemas"]["EventTopic"];
                /** @description Of this kind alone. */
                type?: string;
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
                    "application/json": components["schemas"]["EventPage"];
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
    ingest_events: {
        parameters: {
            query?: never;
            header?: {
                /** @description application/json: the body is one event. */
                "Content-Type"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-ndjson": string;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventsAccepted"];
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
    stream_events: {
        parameters: {
            query?: {
                /** @description Offset of the first; absent: what comes from now on. */
                from?: number;
                /** @description What was sent in, or what the ledger did. */
                topic?: components["schemas"]["EventTopic"];
            };
            header?: {
                /** @description The last one seen; goes on behind it. */
                "Last-Event-ID"?: string;
            };
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
    get_export: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Of the file. */
                format: components["schemas"]["ExportFormat"];
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
                    "application/octet-stream": string;
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
    get_export_piece: {
        parameters: {
            query?: {
                /** @description next_cursor of the piece before. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description Of the text. */
                format: components["schemas"]["ExportFormat"];
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
                    "application/json": components["schemas"]["ExportPiece"];
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
    get_features: {
        parameters: {
            query?: {
                /** @description Windows end with this day; absent: today. */
                as_of?: string;
                /** @description Facts recorded later are left out; absent: the end of as_of. */
                known_at?: string;
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
                    "application/json": components["schemas"]["Features"];
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
    get_feature_catalogue: {
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
                    "application/json": components["schemas"]["FeatureCatalogue"];
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
    get_feature_quality: {
        parameters: {
            query?: {
                /** @description Up to today. */
                days?: number;
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
                    "application/json": components["schemas"]["FeatureQuality"];
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
    list_import_rows: {
        parameters: {
            query?: {
                /** @description Rows to pass over. */
                after?: number;
                /** @description At most this many. */
                limit?: number;
                /** @description Only these. */
                show?: components["schemas"]["ImportRowFilter"];
            };
            header?: never;
            path: {
                /** @description Identifier of the import. */
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
                    "application/json": components["schemas"]["ImportRowList"];
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
    read_table: {
        parameters: {
            query?: {
                /** @description One character; absent: recognised. */
                delimiter?: string;
                /** @description Absent: by the bytes. */
                encoding?: string;
            };
            header?: never;
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
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Table"];
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
    list_recurring: {
        parameters: {
            query?: {
                /** @description The day; absent: of the newest transaction. */
                as_of?: string;
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
                    "application/json": components["schemas"]["SeriesList"];
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
    list_reviews: {
        parameters: {
            query?: {
                /** @description Items. */
                limit?: number;
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
                    "application/json": components["schemas"]["ReviewList"];
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
    accept_review: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the transaction asked about. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Filed with it, as one step. */
                    others?: string[];
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
                    "application/json": components["schemas"]["EditResult"];
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
    pick_review: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the transaction. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Category id. */
                    category?: string;
                    /** @description Filed with it, as one step. */
                    others?: string[];
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
                    "application/json": components["schemas"]["EditResult"];
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
    skip_review: {
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
                    "application/json": components["schemas"]["ReviewList"];
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
    fit_filing: {
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
                    "application/json": components["schemas"]["FitResult"];
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
    refile_transactions: {
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
                    "application/json": components["schemas"]["EditResult"];
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
    list_rules: {
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
                    "application/json": components["schemas"]["RuleList"];
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
    save_rule: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SaveRule"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rule"];
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
    remove_rule: {
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
                    "application/json": components["schemas"]["RuleList"];
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
    apply_rules: {
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
                    "application/json": components["schemas"]["EditResult"];
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
    dry_run_rule: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SaveRule"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DryRun"];
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
    list_rule_suggestions: {
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
                    "application/json": components["schemas"]["RuleSuggestionList"];
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
    reject_rule_suggestion: {
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
                    "application/json": components["schemas"]["RuleSuggestionList"];
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
                /** @description Without sign, included. */
                amount_max?: string;
                /** @description Without sign, included. */
                amount_min?: string;
                /** @description A leaf, or a parent with its leaves. */
                category?: string;
                /** @description Answer total and sums too. */
                count?: boolean;
                /** @description next_cursor of the page before. */
                cursor?: string;
                /** @description Who decided the category. */
                filed_by?: components["schemas"]["FilingSource"];
                /** @description Money in or money out. */
                flow?: components["schemas"]["FlowDirection"];
                /** @description First day, included. */
                from?: string;
                /** @description Added by this import. */
                import_id?: string;
                /** @description Items a page. */
                limit?: number;
                /** @description By date, or by amount without sign. */
                order?: components["schemas"]["TransactionOrder"];
                /** @description Words in description, merchant, notes or tags, without regard to case and accents; amounts (12.30, >100, 10..50); days (2026-06, 2026-06-03). All must fit. */
                q?: string;
                /** @description false: what a person has yet to look at. */
                reviewed?: boolean;
                /** @description Posted or pending. */
                status?: components["schemas"]["TransactionStatus"];
                /** @description With this tag. */
                tag?: string;
                /** @description false: without any tag. */
                tagged?: boolean;
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
    add_transaction: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddTransaction"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EditResult"];
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
    delete_transaction: {
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
                    "application/json": components["schemas"]["EditResult"];
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
    edit_transaction: {
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
                    /** @description What becomes of it. */
                    change?: components["schemas"]["TransactionChange"];
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
                    "application/json": components["schemas"]["EditResult"];
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
    list_counterparts: {
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
                    "application/json": components["schemas"]["CounterpartList"];
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
    explain_filing: {
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
                    "application/json": components["schemas"]["ReviewItem"];
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
    list_refunds: {
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
                    "application/json": components["schemas"]["RefundList"];
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
    bulk_edit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkEdit"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EditResult"];
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
    list_transfers: {
        parameters: {
            query?: {
                /** @description Newest first. */
                limit?: number;
                /** @description false: those to be looked at. */
                reviewed?: boolean;
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
                    "application/json": components["schemas"]["TransferList"];
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
    pair_transfer: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PairTransfer"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EditResult"];
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
    unpair_transfer: {
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
                    "application/json": components["schemas"]["EditResult"];
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
    confirm_transfer: {
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
                    "application/json": components["schemas"]["EditResult"];
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
    reject_transfer: {
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
                    "application/json": components["schemas"]["EditResult"];
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
    get_worth: {
        parameters: {
            query?: {
                /** @description Absent: the household's. */
                currency?: string;
                /** @description At the end of this day; absent: with everything booked. */
                on?: string;
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
                    "application/json": components["schemas"]["Worth"];
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
