import "@parley/ui/tokens.css";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { startLanguage } from "./i18n";
import { startParley } from "./system/parley";

if (new URLSearchParams(location.search).get("diagnostics") === "1") window.parleyTest = {};

await Promise.all([startLanguage(), startParley()]);
createRoot(document.getElementById("root")!).render(<App />);
