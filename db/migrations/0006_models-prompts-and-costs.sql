CREATE TABLE "character" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"name" text NOT NULL,
	"card" jsonb NOT NULL,
	"tags" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"model" text,
	"profile_id" text,
	"version" integer DEFAULT 1 NOT NULL,
	"avatar_id" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "character_avatar" (
	"id" text PRIMARY KEY NOT NULL,
	"character_id" text NOT NULL,
	"media_type" text NOT NULL,
	"body" "bytea" NOT NULL,
	CONSTRAINT "character_avatar_character_id_unique" UNIQUE("character_id")
);
--> statement-breakpoint
CREATE TABLE "profile" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"is_default" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "model_catalogue" (
	"shelf" text PRIMARY KEY NOT NULL,
	"endpoint_id" text,
	"models" jsonb NOT NULL,
	"read_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
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
CREATE TABLE "person_settings" (
	"user_id" text PRIMARY KEY NOT NULL,
	"settings" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
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
CREATE TABLE "credential" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text,
	"provider" text NOT NULL,
	"base_url" text NOT NULL,
	"master_key_id" text NOT NULL,
	"sealed" text NOT NULL,
	"masked" text NOT NULL,
	"verified_at" timestamp (3) with time zone,
	"last_used_at" timestamp (3) with time zone,
	"last_error" jsonb,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "endpoint" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text,
	"name" text NOT NULL,
	"base_url" text NOT NULL,
	"models" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "installation" ADD COLUMN "settings" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "generation" ADD COLUMN "route" jsonb;--> statement-breakpoint
ALTER TABLE "generation" ADD COLUMN "prompt" jsonb;--> statement-breakpoint
ALTER TABLE "character" ADD CONSTRAINT "character_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "character" ADD CONSTRAINT "character_profile_id_profile_id_fk" FOREIGN KEY ("profile_id") REFERENCES "public"."profile"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "character_avatar" ADD CONSTRAINT "character_avatar_character_id_character_id_fk" FOREIGN KEY ("character_id") REFERENCES "public"."character"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "profile" ADD CONSTRAINT "profile_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_catalogue" ADD CONSTRAINT "model_catalogue_endpoint_id_endpoint_id_fk" FOREIGN KEY ("endpoint_id") REFERENCES "public"."endpoint"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "context_summary" ADD CONSTRAINT "context_summary_chat_id_through_message_id_message_chat_id_id_fk" FOREIGN KEY ("chat_id","through_message_id") REFERENCES "public"."message"("chat_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_settings" ADD CONSTRAINT "person_settings_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "spending" ADD CONSTRAINT "spending_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "usage_entry" ADD CONSTRAINT "usage_entry_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credential" ADD CONSTRAINT "credential_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "endpoint" ADD CONSTRAINT "endpoint_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "character_list" ON "character" USING btree ("user_id",lower("name"),"id");--> statement-breakpoint
CREATE INDEX "character_profile" ON "character" USING btree ("profile_id");--> statement-breakpoint
CREATE INDEX "profile_user" ON "profile" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "profile_default" ON "profile" USING btree ("user_id") WHERE "profile"."is_default";--> statement-breakpoint
CREATE INDEX "usage_time" ON "usage_entry" USING btree ("user_id","created_at");--> statement-breakpoint
CREATE INDEX "usage_chat" ON "usage_entry" USING btree ("chat_id");--> statement-breakpoint
CREATE INDEX "usage_reconcile" ON "usage_entry" USING btree ("reconcile_at") WHERE "usage_entry"."reconcile_at" is not null;--> statement-breakpoint
CREATE INDEX "usage_held" ON "usage_entry" USING btree ("updated_at") WHERE "usage_entry"."source" = 'held';--> statement-breakpoint
CREATE UNIQUE INDEX "credential_owner" ON "credential" USING btree (coalesce("user_id", ''),"provider");--> statement-breakpoint
CREATE INDEX "credential_user" ON "credential" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "credential_master_key" ON "credential" USING btree ("master_key_id");--> statement-breakpoint
CREATE INDEX "endpoint_user" ON "endpoint" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "chat_unread" ON "chat" USING btree ("user_id") WHERE "chat"."unread_since" is not null and "chat"."archived_at" is null and "chat"."deleted_at" is null;