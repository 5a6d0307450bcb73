import { Emitter } from "../emitter";

export interface DeviceList {
  microphones: MediaDeviceInfo[];
  cameras: MediaDeviceInfo[];
  speakers: MediaDeviceInfo[];
}

export interface DevicesEvents {
  /** Something was plugged in or pulled out, or names became readable. */
  change: DeviceList;
}

/** What is plugged in. Names are empty until a permission was given; call {@link refresh} after that. */
export class Devices extends Emitter<DevicesEvents> {
  private list: DeviceList = { microphones: [], cameras: [], speakers: [] };
  private readonly hotPlug = () => void this.refresh();

  constructor() {
    super();
    navigator.mediaDevices?.addEventListener?.("devicechange", this.hotPlug);
  }

  get current(): DeviceList {
    return this.list;
  }

  async refresh(): Promise<DeviceList> {
    const all = (await navigator.mediaDevices?.enumerateDevices?.()) ?? [];
    const of = (kind: MediaDeviceKind) =>
      all.filter((device) => device.kind === kind && device.deviceId !== "");
    this.list = { microphones: of("audioinput"), cameras: of("videoinput"), speakers: of("audiooutput") };
    this.emit("change", this.list);
    return this.list;
  }

  close(): void {
    navigator.mediaDevices?.removeEventListener?.("devicechange", this.hotPlug);
    this.removeAllListeners();
  }
}
