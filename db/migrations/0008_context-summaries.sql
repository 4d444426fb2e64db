CREATE TABLE "context_summary" (
	"chat_id" text NOT NULL,
	"through_message_id" text NOT NULL,
	"text" text NOT NULL,
	"source_digest" text NOT NULL,
	"model" text NOT NULL,
	"is_edited" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "context_summary_chat_id_through_message_id_pk" PRIMARY KEY("chat_id","through_message_id")
);
--> statement-breakpoint
ALTER TABLE "context_summary" ADD CONSTRAINT "context_summary_chat_id_through_message_id_message_chat_id_id_fk" FOREIGN KEY ("chat_id","through_message_id") REFERENCES "public"."message"("chat_id","id") ON DELETE cascade ON UPDATE no action;