package dev.parley.contracts.files;

/** A new device. @param credential what it signs in with, shown this once; absent when it does not */
public record DeviceReply(DeviceView device, String credential) {
    /** Without the credential. */
    @Override
    public String toString() {
        return "DeviceReply[" + device + "]";
    }
}
