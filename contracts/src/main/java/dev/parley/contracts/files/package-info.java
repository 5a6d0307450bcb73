/** Files, devices and pushes, as REST and the socket carry them. Every SHA-256 is 64 lower-case hexadecimal digits. */
package dev.parley.contracts.files;
