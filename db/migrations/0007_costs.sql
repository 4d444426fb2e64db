CREATE TABLE "attempts" (
	"user_id" text NOT NULL,
	"what" text NOT NULL,
	"count" integer NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "attempts_user_id_what_pk" PRIMARY KEY("user_id","what")
);
--> statement-breakpoint
CREATE TABLE "guest_spending" (
	"period" text PRIMARY KEY NOT NULL,
	"spent_micros" bigint DEFAULT 0 NOT NULL,
	"held_micros" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "usage_entry" ADD COLUMN "guests_period" text;--> statement-breakpoint
ALTER TABLE "usage_entry" ADD COLUMN "is_key_gone" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "endpoint" ADD COLUMN "prices" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "attempts" ADD CONSTRAINT "attempts_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "usage_former" ON "usage_entry" USING btree ("generation_id") WHERE "usage_entry"."id" <> "usage_entry"."generation_id";