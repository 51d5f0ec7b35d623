package org.countyhub.imaging.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.countyhub.kernel.Db;

/** A database whose connection breaks at the worst moment: a commit is durable, and nobody is told. */
final class LostCommits {
    private final DataSource source;
    private final AtomicInteger told = new AtomicInteger(Integer.MAX_VALUE);
    private volatile CountDownLatch gate = new CountDownLatch(0);

    LostCommits(DataSource source) {
        this.source = source;
    }

    /** Loses the answer to the next commit but so many. */
    void loseAfter(int commits) {
        told.set(commits);
    }

    /** Lets nobody have a connection until {@link #open}. */
    void shut() {
        gate = new CountDownLatch(1);
    }

    void open() {
        gate.countDown();
    }

    Db db() {
        return new Db((DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    gate.await();
                    return connection((Connection) call(source, method, arguments));
                }));
    }

    private Connection connection(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    Object result = call(connection, method, arguments);
                    if (method.getName().equals("commit") && told.getAndDecrement() == 0) {
                        throw new SQLException("the connection broke", "08006");
                    }
                    return result;
                });
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
