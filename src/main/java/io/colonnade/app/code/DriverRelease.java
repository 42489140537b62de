package io.colonnade.app.code;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collections;

/**
 * Takes the JDBC drivers of a site out of the list of {@link DriverManager}, which would keep them, and the site's classes with them, as long
 * as the process runs. The list shows a class only the drivers of its own class loader. Therefore each site's class loader makes a class
 * of its own from this one, and nothing else of the node may be used here.
 */
public final class DriverRelease implements Runnable {
    @Override
    public void run() {
        for (var driver : Collections.list(DriverManager.getDrivers())) {
            if (driver.getClass().getClassLoader() == DriverRelease.class.getClassLoader()) {
                release(driver);
            }
        }
    }

    private static void release(Driver driver) {
        try {
            DriverManager.deregisterDriver(driver);
        } catch (SQLException refused) {
            throw new IllegalStateException(refused);
        }
    }
}
