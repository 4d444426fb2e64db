import { respond } from "@/app/_server/respond";
import { services } from "@/app/_server/services";

function handle(request: Request): Promise<Response> {
  return respond(request, "/api/auth", () => services().auth.handle(request));
}

export { handle as GET, handle as POST };
