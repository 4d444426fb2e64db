CREATE TABLE "model_catalogue" (
	"shelf" text PRIMARY KEY NOT NULL,
	"endpoint_id" text,
	"models" jsonb NOT NULL,
	"read_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "model_catalogue" ADD CONSTRAINT "model_catalogue_endpoint_id_endpoint_id_fk" FOREIGN KEY ("endpoint_id") REFERENCES "public"."endpoint"("id") ON DELETE cascade ON UPDATE no action;