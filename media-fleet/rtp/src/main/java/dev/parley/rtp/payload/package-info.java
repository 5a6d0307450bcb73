/** Payload descriptors: what an SFU must see of a codec's packets (key frames, layers, ids it has to keep continuous), nothing more. */
package dev.parley.rtp.payload;
