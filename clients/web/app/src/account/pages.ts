import { withTexts } from "./texts";

export const passwordPage = () => withTexts(import("./PasswordPage"));
export const settingsPage = () => withTexts(import("./SettingsPage"));
