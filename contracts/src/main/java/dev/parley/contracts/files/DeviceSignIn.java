package dev.parley.contracts.files;

/** {@code POST /devices/token}. */
public record DeviceSignIn(String deviceId, String credential) {
    /** Without the credential. */
    @Override
    public String toString() {
        return "DeviceSignIn[" + deviceId + "]";
    }
}
