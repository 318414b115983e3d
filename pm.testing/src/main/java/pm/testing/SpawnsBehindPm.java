package pm.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Leave for test code to start a process without pm: where pm is compared with others, or must be killed itself. */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.CONSTRUCTOR, ElementType.FIELD})
public @interface SpawnsBehindPm {
    /**
     * The reason.
     *
     * @return why pm cannot be used here
     */
    String value();
}
