-- Neither table has ever held a row: they are made anew.
DROP TABLE "spending";--> statement-breakpoint
DROP TABLE "usage_entry";--> statement-breakpoint
CREATE TABLE "spending" (
	"user_id" text NOT NULL,
	"budget" text NOT NULL,
	"period" text NOT NULL,
	"spent_micros" bigint DEFAULT 0 NOT NULL,
	"held_micros" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "spending_user_id_budget_period_pk" PRIMARY KEY("user_id","budget","period")
);
--> statement-breakpoint
CREATE TABLE "usage_entry" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"generation_id" text,
	"user_id" text NOT NULL,
	"chat_id" text NOT NULL,
	"model" text NOT NULL,
	"provider" text NOT NULL,
	"payer" text NOT NULL,
	"credential_id" text,
	"upstream_id" text,
	"input_tokens" integer,
	"output_tokens" integer,
	"reasoning_tokens" integer,
	"cached_tokens" integer,
	"cost_micros" bigint,
	"source" text NOT NULL,
	"held_micros" bigint,
	"person_period" text,
	"installation_period" text,
	"reconcile_at" timestamp (3) with time zone,
	"reconcile_tries" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "spending" ADD CONSTRAINT "spending_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "usage_entry" ADD CONSTRAINT "usage_entry_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "usage_time" ON "usage_entry" USING btree ("user_id","created_at");--> statement-breakpoint
CREATE INDEX "usage_chat" ON "usage_entry" USING btree ("chat_id");--> statement-breakpoint
CREATE INDEX "usage_reconcile" ON "usage_entry" USING btree ("reconcile_at") WHERE "usage_entry"."reconcile_at" is not null;--> statement-breakpoint
CREATE INDEX "usage_held" ON "usage_entry" USING btree ("updated_at") WHERE "usage_entry"."source" = 'held';
