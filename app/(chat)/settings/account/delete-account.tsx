"use client";

import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { t } from "@/lib/i18n/settings-translator";
import { DeleteAccountDialog, type DeleteAccountProps } from "./delete-account-dialog";

export function DeleteAccount(props: DeleteAccountProps) {
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Button look="danger" onClick={() => setAsking(true)}>
        {t(props.isGuest ? "settings.deleteGuest" : "settings.deleteAccount")}
      </Button>
      {isAsking && <DeleteAccountDialog {...props} onClose={() => setAsking(false)} />}
    </>
  );
}
