ALTER TABLE "chat" ADD COLUMN "unread_since" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "chat_trash" ON "chat" USING btree ("deleted_at") WHERE "chat"."deleted_at" is not null;