package dev.parley.peer.rtc;

/** Where packets go to be protected and sent; the array has {@link Srtp#ROOM} bytes behind the packet. */
interface PacketOut {
    void rtp(byte[] packet, int length);

    void rtcp(byte[] packet, int length);
}
