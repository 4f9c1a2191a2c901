package dev.esteira.access;

import dev.esteira.http.Access;
import dev.esteira.http.Caller;
import dev.esteira.http.Guard;
import dev.esteira.http.Request;

/** The guard of a server that only this machine reaches: whoever calls is the local owner. */
public final class LocalOwnerGuard implements Guard {

    @Override
    public Caller admit(Request request, Access access) {
        return access == Access.OPEN ? Caller.ANONYMOUS : Principal.LOCAL_OWNER.caller();
    }
}
