/** The bytes of files in an object store. */
package dev.parley.files.objects;
