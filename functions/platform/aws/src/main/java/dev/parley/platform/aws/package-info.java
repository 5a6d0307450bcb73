/** How every AWS client of a function is made. Knows no service and no domain. */
package dev.parley.platform.aws;
