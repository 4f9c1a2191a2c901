package dev.esteira.kernel;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a number that something may not exceed: a constant, or a component of a record whose constant {@code DEFAULT}
 * holds the numbers. The code that refuses reads the number there, and the page of limits is made from the same place.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.RECORD_COMPONENT})
public @interface Limit {

    /** What is limited and what happens beyond it, for people who run into it. */
    String value();

    /** What is counted, e.g. {@code bytes}, {@code characters}, {@code rows}; empty for a duration. */
    String unit() default "";
}
