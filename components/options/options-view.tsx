import "../base.css";
import "./options-view.css";
import type { DirectoryModel } from "../../utils/models/directory-model.ts";
import type { OptionsModel } from "../../utils/models/options-model.ts";
import type { RecipesModel } from "../../utils/models/recipes-model.ts";
import { t } from "../../utils/text.ts";
import { Skeleton } from "../skeleton.tsx";
import { AccountSection } from "./account-section.tsx";
import { BackendSection } from "./backend-section.tsx";
import { DirectorySection } from "./directory-section.tsx";
import { RecipesSection } from "./recipes-section.tsx";
import { ReturnAddress } from "./return-address.tsx";
import { ShortcutSection } from "./shortcut-section.tsx";
import { SitesSection } from "./sites-section.tsx";

interface OptionsViewProps {
  model: OptionsModel;
  recipes: RecipesModel;
  directory: DirectoryModel;
  version: string;
  /** Where a sign-in comes back to. */
  returnAddress: string;
  onCopy: (text: string) => Promise<void>;
}

export function OptionsView({ model, recipes, directory, version, returnAddress, onCopy }: OptionsViewProps) {
  const settings = model.settings.value;
  return (
    <main class="options">
      <h1>{t("options_title")}</h1>
      {settings === null ? (
        <Skeleton />
      ) : (
        <>
          <BackendSection model={model} backend={settings.backend} />
          <AccountSection model={model} />
          <DirectorySection model={directory} />
          <SitesSection model={model} sites={settings.sites} />
          <ShortcutSection model={model} />
          <RecipesSection model={recipes} isAdmin={model.session.value?.user.role === "admin"} />
        </>
      )}
      <ReturnAddress address={returnAddress} onCopy={onCopy} />
      <p class="quiet">{t("options_version", { version })}</p>
    </main>
  );
}
