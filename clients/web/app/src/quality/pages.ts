import { withQuality } from "./texts";

export const qualityPage = () => withQuality(import("./QualityPage"));
