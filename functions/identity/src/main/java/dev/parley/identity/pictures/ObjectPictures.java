package dev.parley.identity.pictures;

import dev.parley.identity.Account;
import dev.parley.identity.Pictures;
import dev.parley.kernel.Ids;
import dev.parley.platform.objects.Objects;

/**
 * Pictures as objects {@code avatars/<account>/a_….jpg}, which are found at the same path of the site. Every picture has a name of its own,
 * so that it may be kept by browsers for ever; that it lies under its account's id says whose it is to remove.
 */
public final class ObjectPictures implements Pictures {
    private static final String FOLDER = "/avatars/";

    private final Objects objects;
    private final Ids ids;

    public ObjectPictures(Objects objects, Ids ids) {
        this.objects = objects;
        this.ids = ids;
    }

    @Override
    public String keep(Account account, byte[] bytes) {
        Portrait portrait = Portrait.of(bytes);
        String address = folderOf(account) + ids.opaque("a_") + "." + portrait.extension();
        objects.put(keyOf(address), portrait.bytes(), portrait.contentType());
        return address;
    }

    @Override
    public void forget(Account account) {
        String address = account.avatar();
        String name = address.startsWith(folderOf(account))
                ? address.substring(folderOf(account).length())
                : "";
        if (name.matches("a_[0-9a-z]+\\.(jpg|png)")) {
            objects.remove(keyOf(address));
        }
    }

    private static String folderOf(Account account) {
        return FOLDER + account.id() + "/";
    }

    private static String keyOf(String address) {
        return address.substring(1);
    }
}
